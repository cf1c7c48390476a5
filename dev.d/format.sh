# ./dev format: lays the C++ out by .clang-format.

format_command() {
    install_for "${format_packages[@]}"
    git ls-files -co --exclude-standard -z -- 'src/*.cpp' 'src/*.hpp' 'apps/*.cpp' 'apps/*.hpp' 'bench/*.cpp' |
        xargs -0 -r clang-format -i
}
