# ./dev new-module NAME [SINGULAR]: the skeleton of a section in src/modules/NAME, that builds and has its tests.

new_module_command() {
    local plural=${1:-} singular=${2:-}
    [[ $plural =~ ^[a-z][a-z_]*s$ ]] || fail "new-module takes the plural name of what the section holds, as in: ./dev new-module vehicles"
    [ -n "$singular" ] || singular=${plural%s}
    local folder=src/modules/$plural prefix=${singular:0:3}
    [ ! -e "$folder" ] || fail "$folder is there already"
    if grep -rqE "ID_PREFIX\(.*\"$prefix\"\)" src; then fail "ids that begin with $prefix belong to another record; choose another name"; fi
    mkdir -p "$folder/tests"
    from_template module.hpp.in "$folder/$plural.hpp"
    from_template rules.hpp.in "$folder/rules.hpp"
    from_template rules.cpp.in "$folder/rules.cpp"
    from_template module.cpp.in "$folder/module.cpp"
    from_template tests/rules_test.cpp.in "$folder/tests/${plural}_rules_test.cpp"
    from_template contract.test.ts.in "tests/contract/$plural.test.ts"
    say "made $folder and tests/contract/$plural.test.ts"
    say "left to do: add $plural::module() to the list in src/house, say in $folder/$plural.hpp what it is for, then ./dev api"
}

from_template() {
    local Singular Plural
    Singular=$(pascal_case "$singular") Plural=$(pascal_case "$plural")
    sed -e "s/@plural@/$plural/g; s/@singular@/$singular/g; s/@prefix@/$prefix/g; s/@Singular@/$Singular/g; s/@Plural@/$Plural/g" \
        "dev.d/module/$1" >"$2"
}

pascal_case() { sed -E 's/(^|_)([a-z])/\U\2/g' <<<"$1"; }
