#include "base/problem.hpp"
#include "modules/files/sniff.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace patron::files {
namespace {

using namespace std::string_literals;

struct OneFile {
    std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "sniffed";
    explicit OneFile(std::string const& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
    ~OneFile() { std::filesystem::remove(path); }
};

std::string said(std::string const& bytes, std::string_view name) {
    OneFile const file(bytes);
    try {
        return sniff(file.path, name).media_type;
    } catch (Problem const& problem) { return problem.code; }
}

std::string const png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x30"s + std::string(20, '\0');

TEST(Sniff, NameAndBytesMustAgree) {
    EXPECT_EQ(said(png, "face.png"), "image/png");
    EXPECT_EQ(said(png, "face.PNG"), "image/png");
    EXPECT_EQ(said(png, "face.jpg"), "not_what_it_says");
    EXPECT_EQ(said("%PDF-1.7\n", "offer.pdf"), "application/pdf");
    EXPECT_EQ(said("a,b\n1,2\n", "list.csv"), "text/csv");
    EXPECT_EQ(said("RIFF\x10\0\0\0WAVEfmt "s, "call.wav"), "audio/wav");
}

TEST(Sniff, WhatABrowserCouldRunIsRefused) {
    EXPECT_EQ(said("<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"), "file_kind_not_taken");
    EXPECT_EQ(said("<html></html>", "a.html"), "file_kind_not_taken");
    EXPECT_EQ(said(" \n<script>alert(1)</script>", "a.txt"), "not_what_it_says");
    EXPECT_EQ(said("<svg onload='x'/>", "a.png"), "not_what_it_says");
    EXPECT_EQ(said("MZ\x90\0"s, "a.exe"), "file_kind_not_taken");
    EXPECT_EQ(said("MZ\x90\0"s, "a.txt"), "not_what_it_says");
}

TEST(Sniff, APixelBombIsRefused) {
    auto bomb = png;
    bomb[17] = '\x01';
    bomb[21] = '\x01';
    EXPECT_EQ(said(bomb, "bomb.png"), "too_many_pixels");
}

TEST(Sniff, WhatEndsBehindItsFirstBytesIsRefused) {
    for (auto const& [bytes, name] : {std::pair("RIFF"s, "a.webp"),
                                      {"RIFF1234"s, "a.webp"},
                                      {"RIFF1234WEBP"s, "a.webp"},
                                      {"RIFF"s, "a.wav"},
                                      {"\0\0"s, "a.mp4"},
                                      {"ft"s, "a.m4a"},
                                      {"GIF89a"s, "a.gif"},
                                      {"\x89PNG\r\n\x1a\n"s, "a.png"},
                                      {"\xff\xd8\xff"s, "a.jpg"}})
        EXPECT_EQ(said(bytes, name), "not_what_it_says") << name << ' ' << bytes.size();
    auto const directory = "PK\x01\x02"s + std::string(24, '\0') + "\xff\xff"s;  // a name beyond the end
    auto const end = "PK\x05\x06"s + std::string(6, '\0') + "\x01\0"s + std::string(4, '\0') + "\x04\0\0\0"s;
    EXPECT_EQ(said("PK\x03\x04" + directory + end, "a.docx"), "not_what_it_says");
}

TEST(Sniff, APictureHasItsSize) {
    OneFile const file(png);
    auto const sniffed = sniff(file.path, "a.png");
    EXPECT_EQ(sniffed.width, 32);
    EXPECT_EQ(sniffed.height, 48);
}

TEST(Filename, KeepsTheLastPartOnly) {
    EXPECT_EQ(clean_filename("../../etc/passwd"), "passwd");
    EXPECT_EQ(clean_filename("C:\\temp\\Größe.pdf"), "Größe.pdf");
    EXPECT_EQ(clean_filename(".."), "file");
    EXPECT_TRUE(clean_filename(std::string(300, 'x') + ".pdf").ends_with("x.pdf"));
    EXPECT_EQ(clean_filename(std::string(300, 'x') + ".pdf").size(), 200u);
}

TEST(Filename, CleanedAgainIsTheSame) {
    for (auto const& name : {"\x01 a.txt"s, std::string(190, 'x') + "  " + std::string(50, 'y'), "a\u0301\x7f.pdf"s})
        EXPECT_EQ(clean_filename(clean_filename(name)), clean_filename(name));
    EXPECT_EQ(clean_filename("\x01 a.txt"), "a.txt");
}

TEST(Filename, StandsInTheHeaderInBothForms) {
    EXPECT_EQ(content_disposition("attachment", "a \"b\" é.pdf"),
              "attachment; filename=\"a _b_ __.pdf\"; filename*=UTF-8''a%20%22b%22%20%C3%A9.pdf");
}

}  // namespace
}  // namespace patron::files
