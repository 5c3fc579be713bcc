// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes may come: offsets stay inside and apart, and time grows with the length.
#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <string>

#include "fihris/timex.h"

namespace {

using fihris::DateReader;

void check_offsets(const std::string& text, DateReader& reader) {
  std::size_t last = 0;
  for (const auto& mention : reader.read(text, fihris::Date{2015, 8, 10})) {
    REQUIRE(mention.begin >= last);
    REQUIRE(mention.begin < mention.end);
    REQUIRE(mention.end <= text.size());
    REQUIRE_FALSE(mention.value.empty());
    // No end inside a character.
    REQUIRE((static_cast<unsigned char>(text[mention.begin]) & 0xC0) != 0x80);
    if (mention.range) {
      REQUIRE(is_valid(mention.range->first));
      REQUIRE(is_valid(mention.range->last));
      REQUIRE(mention.range->first <= mention.range->last);
    }
    last = mention.end;
  }
}

TEST_CASE("offsets are valid for shuffled words of dates and for random bytes") {
  DateReader reader;
  const char* const kPieces[] = {
      "أمس",    "أول",    "من",     "اليوم",   "الجمعة", "و",        "29",      "/",     "7",
      "2015",   "-",      " ",      " ",       " ",      "(",        ")",       "،",     ".",
      "تموز",   "كانون",  "الثاني", "هـ",      "شوال",   "1436",     "الموافق", "قبل",   "بعد",
      "ثلاثة",  "أيام",   "يومين",  "الشهر",   "الماضي", "المقبلين", "نهاية",   "منتصف", "ليل",
      "الساعة", "ونصف",   "إلى",    "بين",     "عام",    "القرن",    "الماضي",  "كل",    "في",
      "صيف",    "عيد",    "الفطر",  "الـ",     "24",     "9999",     "0",       "00",    "31",
      "\xD9",   "\xFF",   "ذو",     "الحجة",   "ربيع",   "غد",       "منذ",     "ألف",   "مئة",
      "وعشرين", "الأولى", "النصف",  "الأسبوع", "هذا",    "\n",       ":",       "30",    "4000",
      "سنة",    "أسابيع", "13",     "99"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      text += kPieces[random() % std::size(kPieces)];
      if (random() % 3 != 0) text += ' ';
    }
    check_offsets(text, reader);
    reader.parse(text.substr(0, random() % 40), fihris::Date{2015, 8, 10});
  }
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 80; ++i) text += static_cast<char>(random() % 256);
    check_offsets(text, reader);
  }
}

TEST_CASE("extreme days of publication and numbers are survived") {
  DateReader reader;
  for (const fihris::Date day : {fihris::Date{1, 1, 1}, fihris::Date{9999, 12, 31},
                                 fihris::Date{1882, 11, 12}, fihris::Date{2174, 11, 25}}) {
    for (const char* text :
         {"أمس", "غدا", "بعد غد", "القرن الماضي", "العام المقبل", "رمضان الماضي", "عيد الفطر",
          "قبل 9000 سنة", "الأسبوع الماضي", "29 شباط", "الجمعة المقبل", "منذ 4000 يوم"}) {
      for (const auto& mention : reader.read(text, day)) {
        if (!mention.range) continue;
        CHECK(is_valid(mention.range->first));
        CHECK(is_valid(mention.range->last));
      }
    }
  }
}

TEST_CASE("time is linear in the length of a hostile text") {
  const auto seconds = [](const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    DateReader reader;
    const auto start = std::chrono::steady_clock::now();
    reader.read(text, fihris::Date{2015, 8, 10});
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  for (const char* piece : {"7 و", "قبل ", "الجمعة والسبت ", "يناير و", "1/", "نهاية ", "أول ",
                            "من العام ", "خمسة وعشرين و", "(", "اليوم "}) {
    CAPTURE(piece);
    seconds(piece, 2000);  // tables and pages warm
    const double small = seconds(piece, 20000);
    const double large = seconds(piece, 160000);
    CHECK(large < 40 * small + 0.2);  // eight times the length; quadratic would be 64
  }
}

}  // namespace
