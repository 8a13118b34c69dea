#include "cordon/base/text.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace cordon::base {
namespace {

TEST(Text, TrimTakesAsciiBlanksAndNoBreakSpace) {
  EXPECT_EQ(trim("  a b\t\r\n"), "a b");
  EXPECT_EQ(trim("\xC2\xA0 x \xC2\xA0"), "x");
  EXPECT_EQ(trim(" \xC2\xA0\t"), "");
  EXPECT_EQ(trim(""), "");
  // The last byte of "é" is 0xA9, of "à" 0xA0: a lone 0xA0 byte is no blank.
  EXPECT_EQ(trim("voil\xC3\xA0"), "voil\xC3\xA0");
}

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Text, SqueezeLeavesOneBlank) {
  EXPECT_EQ(squeeze("  KIM \t\n JONG\xC2\xA0\xC2\xA0UN "), "KIM JONG UN");
  EXPECT_EQ(squeeze(" \n"), "");
}

TEST(Text, AsciiCase) {
  EXPECT_EQ(ascii_lower("ÄbC"), "Äbc");
  EXPECT_EQ(ascii_upper("äbC"), "äBC");
  EXPECT_TRUE(iequals("iMo", "ImO"));
  EXPECT_FALSE(iequals("imo", "im"));
  EXPECT_FALSE(iequals("@", "`"));
}

TEST(Text, Utf8Validity) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("plain ascii of more than eight bytes"));
  EXPECT_TRUE(is_utf8("김정은 Ä \xF0\x9F\x9A\xA2"));
  EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF"));
  for (const char* bad : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80", "\xE2\x82", "abcdefgh\xFF"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
}

TEST(Text, BadBytesBecomeOneMarkEachMaximalPart) {
  std::size_t replaced = 0;
  // Table 3-8 of the Unicode standard.
  EXPECT_EQ(to_utf8("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64", &replaced),
            "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
  EXPECT_EQ(replaced, 6U);
  EXPECT_EQ(to_utf8("good ü"), "good ü");
}

TEST(Text, AnyBytesBecomeValidUtf8) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& c : bytes) c = static_cast<char>(random() % 3 == 0 ? random() % 256 : 0xC0 + random() % 0x40);
    EXPECT_TRUE(is_utf8(to_utf8(bytes)));
    EXPECT_TRUE(is_utf8(latin1_to_utf8(bytes)));
    EXPECT_TRUE(is_utf8(decode_text(bytes)));
    EXPECT_EQ(is_utf8(bytes), to_utf8(bytes) == bytes);
  }
}

TEST(Text, Latin1IsWindows1252) {
  EXPECT_EQ(latin1_to_utf8("\x93Se\xF1or\x94 \x80"), "\u201CSeñor\u201D €");
}

TEST(Text, DecodesByMarkThenByPattern) {
  EXPECT_EQ(decode_text("\xEF\xBB\xBFname"), "name");
  EXPECT_EQ(decode_text(std::string_view("\xFF\xFE<\0K\xAE\0\xAE", 8)), "<깋\uAE00");
  EXPECT_EQ(decode_text(std::string_view("\xFE\xFF\0<\xAE\x40", 6)), "<\uAE40");
  EXPECT_EQ(decode_text(std::string_view("a\0b\0", 4)), "ab");
  EXPECT_EQ(decode_text(std::string_view("\0a\0b", 4)), "ab");
  EXPECT_EQ(decode_text("caf\xE9"), "café");
  // Surrogates: a pair, one alone, and one cut off by the end.
  EXPECT_EQ(decode_text(std::string_view("\xFF\xFE\x3D\xD8\xA2\xDE", 6)), "\xF0\x9F\x9A\xA2");
  EXPECT_EQ(decode_text(std::string_view("\xFF\xFE\x3D\xD8x\0", 6)), "\uFFFDx");
  EXPECT_EQ(decode_text(std::string_view("\xFF\xFE\x3D\xD8\xA2", 5)), "\uFFFD\uFFFD");
}

TEST(Text, ParseNumberTakesAllOrNothing) {
  EXPECT_EQ(parse_number<int>("-12"), -12);
  EXPECT_FALSE(parse_number<int>("12x"));
  EXPECT_FALSE(parse_number<int>(""));
  EXPECT_FALSE(parse_number<std::uint8_t>("256"));
  EXPECT_EQ(parse_number<double>("2.5e1"), 25.0);
}

TEST(Text, PrintableIsOneHarmlessLine) {
  EXPECT_EQ(printable("a\nb\t\x1B[31m\x7F"), "a\\x0Ab\\x09\\x1B[31m\\x7F");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("\u0085 \u202E \u2066 \u200F \u2028"), "\\x85 \\u{202E} \\u{2066} \\u{200F} \\u{2028}");
  EXPECT_EQ(printable("\xFF"), "\uFFFD");
  EXPECT_EQ(printable("\u5CF6\u00E9 \u201C"), "\u5CF6\u00E9 \u201C");
}

TEST(Text, MarkupIsEscaped) {
  EXPECT_EQ(escape_markup("<b a=\"x\">Q&A's</b>"), "&lt;b a=&quot;x&quot;&gt;Q&amp;A&#39;s&lt;/b&gt;");
  EXPECT_EQ(escape_markup(std::string_view("a\0b\x1b\n", 5)), "a b \n");
  EXPECT_EQ(escape_markup("\xff"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace cordon::base
