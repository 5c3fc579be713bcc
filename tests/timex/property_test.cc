// SPDX-License-Identifier: GPL-2.0-or-later
// Every day from 1900 to 2100 in every written form reads back as itself.
#include <doctest/doctest.h>
#include <unicode/calendar.h>
#include <unicode/dtfmtsym.h>
#include <unicode/unistr.h>

#include <array>
#include <cmath>
#include <memory>
#include <string>

#include "fihris/timex.h"
#include "timex/calendar.h"

namespace {

using fihris::Date;
using fihris::DateReader;

constexpr Date kFirst{1900, 1, 1};
constexpr Date kLast{2100, 12, 31};

/// The one day that the text names, or "" if it is not exactly one mention over the whole text.
std::string read_day(DateReader& reader, const std::string& text, const Date& published) {
  const auto found = reader.read(text, published);
  if (found.size() != 1 || !found[0].range || found[0].begin != 0 || found[0].end != text.size() ||
      !(found[0].range->first == found[0].range->last)) {
    return "";
  }
  return to_iso(found[0].range->first);
}

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string arabic_digits(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      result += '\xD9';
      result += static_cast<char>(0xA0 + (c - '0'));
    } else {
      result += c;
    }
  }
  return result;
}

constexpr std::array<const char*, 12> kLevant{
    "كانون الثاني", "شباط", "آذار",  "نيسان",       "أيار",         "حزيران",
    "تموز",         "آب",   "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"};
constexpr std::array<const char*, 12> kEgypt{"يناير",  "فبراير", "مارس",   "أبريل",
                                             "مايو",   "يونيو",  "يوليو",  "أغسطس",
                                             "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"};
constexpr std::array<const char*, 12> kAlgeria{"جانفي",  "فيفري",  "مارس",   "أفريل",
                                               "ماي",    "جوان",   "جويلية", "أوت",
                                               "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"};
constexpr std::array<const char*, 12> kMorocco{"يناير", "فبراير", "مارس",   "أبريل",
                                               "ماي",   "يونيو",  "يوليوز", "غشت",
                                               "شتنبر", "أكتوبر", "نونبر",  "دجنبر"};
constexpr std::array<const char*, 31> kOrdinals{
    "الأول",           "الثاني",          "الثالث",          "الرابع",          "الخامس",
    "السادس",          "السابع",          "الثامن",          "التاسع",          "العاشر",
    "الحادي عشر",      "الثاني عشر",      "الثالث عشر",      "الرابع عشر",      "الخامس عشر",
    "السادس عشر",      "السابع عشر",      "الثامن عشر",      "التاسع عشر",      "العشرين",
    "الحادي والعشرين", "الثاني والعشرين", "الثالث والعشرين", "الرابع والعشرين", "الخامس والعشرين",
    "السادس والعشرين", "السابع والعشرين", "الثامن والعشرين", "التاسع والعشرين", "الثلاثين",
    "الحادي والثلاثين"};
constexpr std::array<const char*, 7> kWeekdays{"الأحد",  "الاثنين", "الثلاثاء", "الأربعاء",
                                               "الخميس", "الجمعة",  "السبت"};

TEST_CASE("every day from 1900 to 2100 reads back in every Gregorian form with its year") {
  DateReader reader;
  const Date published{2015, 8, 10};
  int wrong = 0;
  const auto last = to_days(kLast);
  for (auto day = to_days(kFirst); day <= last; ++day) {
    const auto date = fihris::from_days(day);
    const auto month = static_cast<std::size_t>(date.month - 1);
    const auto d = std::to_string(date.day);
    const auto m = std::to_string(date.month);
    const auto y = std::to_string(date.year);
    const std::string named = kWeekdays[static_cast<std::size_t>(weekday(date))];
    const std::array forms{
        to_iso(date),
        arabic_digits(to_iso(date)),
        d + "/" + m + "/" + y,
        two(date.day) + "-" + two(date.month) + "-" + y,
        d + "." + m + "." + y,
        y + "/" + m + "/" + d,
        arabic_digits(d + "/" + m + "/" + y),
        d + " " + kLevant[month] + " " + y,
        d + " " + kEgypt[month] + " " + y + " م",
        d + " " + kAlgeria[month] + " " + y,
        d + " " + kMorocco[month] + " " + y,
        d + " " + kLevant[month] + "/" + kEgypt[month] + " " + y,
        d + " " + kEgypt[month] + " (" + kLevant[month] + ") " + y,
        arabic_digits(d) + " " + kEgypt[month] + " " + arabic_digits(y),
        kOrdinals[date.day - 1u] + std::string(" من ") + kEgypt[month] + " عام " + y,
        "يوم " + named + " " + d + " " + kLevant[month] + " " + y,
        named + "، " + d + " " + kEgypt[month] + " " + y,
    };
    for (const auto& form : forms) {
      if (read_day(reader, form, published) == to_iso(date)) continue;
      if (++wrong > 5) continue;
      const std::string written = form;
      CAPTURE(written);
      CHECK(read_day(reader, form, published) == to_iso(date));
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("every day reads back in the forms that count from the day of publication") {
  DateReader reader;
  int wrong = 0;
  const auto last = to_days(kLast);
  for (auto day = to_days(kFirst); day <= last; ++day) {
    const auto published = fihris::from_days(day);
    const auto weekday_at = [&](int shift) {
      return std::string(
          kWeekdays[static_cast<std::size_t>(weekday(fihris::from_days(day + shift)))]);
    };
    const std::array<std::pair<std::string, int>, 11> forms{{
        {"اليوم", 0},
        {"أمس", -1},
        {"أول من أمس", -2},
        {"أمس الأول", -2},
        {"غدا", 1},
        {"بعد غد", 2},
        {"أمس " + weekday_at(-1), -1},
        {weekday_at(-4), -4},
        {weekday_at(-7) + " الماضي", -7},
        {weekday_at(3) + " المقبل", 3},
        {"قبل خمسة أيام", -5},
    }};
    for (const auto& [form, shift] : forms) {
      const auto expected = to_iso(fihris::from_days(day + shift));
      if (read_day(reader, form, published) == expected) continue;
      if (++wrong > 5) continue;
      const std::string spoken = form;
      CAPTURE(spoken);
      CAPTURE(to_iso(published));
      CHECK(read_day(reader, form, published) == expected);
    }
  }
  CHECK(wrong == 0);
}

constexpr std::array<const char*, 12> kHijri{
    "محرم", "صفر",   "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب",  "شعبان", "رمضان",      "شوال",       "ذو القعدة",    "ذي الحجة"};

TEST_CASE("every day of the Umm al-Qura calendar reads back in the Hijri forms") {
  DateReader reader;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      icu::TimeZone::getGMT()->clone(), icu::Locale("ar@calendar=islamic-umalqura"), status));
  REQUIRE(U_SUCCESS(status));
  int wrong = 0;
  const auto first = to_days(fihris::timex::hijri_month(fihris::timex::kFirstHijriYear, 1)->first);
  const auto last = to_days(fihris::timex::hijri_month(fihris::timex::kLastHijriYear, 12)->last);
  for (auto day = first; day <= last; ++day) {
    const auto date = fihris::from_days(day);
    calendar->setTime(day * 86400000.0, status);
    const int y = calendar->get(UCAL_EXTENDED_YEAR, status);
    const int m = calendar->get(UCAL_MONTH, status) + 1;
    const int d = calendar->get(UCAL_DATE, status);
    REQUIRE(U_SUCCESS(status));
    const auto name = std::string(kHijri[static_cast<std::size_t>(m - 1)]);
    const auto digits = std::to_string(d) + "/" + std::to_string(m) + "/" + std::to_string(y);
    const std::array forms{
        std::to_string(d) + " " + name + " " + std::to_string(y) + " هـ",
        std::to_string(d) + " " + name + " " + std::to_string(y) + "هـ",
        arabic_digits(std::to_string(d)) + " " + name + " " + arabic_digits(std::to_string(y)),
        digits + "هـ",
        digits + " هجري",
    };
    for (const auto& form : forms) {
      if (read_day(reader, form, {2015, 8, 10}) == to_iso(date)) continue;
      if (++wrong > 5) continue;
      CAPTURE(form);
      CHECK(read_day(reader, form, {2015, 8, 10}) == to_iso(date));
    }
    const auto back = fihris::timex::to_hijri(date);
    REQUIRE(back.has_value());
    if (back->year != y || back->month != m || back->day != d) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("every month name of ICU's Arabic locales is known") {
  DateReader reader;
  for (const char* locale : {"ar", "ar-EG", "ar-IQ", "ar-JO", "ar-LB", "ar-SY", "ar-PS", "ar-DZ",
                             "ar-TN", "ar-MA", "ar-MR"}) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(locale), status);
    REQUIRE(U_SUCCESS(status));
    int32_t count = 0;
    const icu::UnicodeString* months =
        symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
    REQUIRE(count >= 12);
    for (int32_t month = 0; month < 12; ++month) {
      std::string name;
      months[month].toUTF8String(name);
      CAPTURE(locale);
      CAPTURE(name);
      CHECK(read_day(reader, "17 " + name + " 2015", {2015, 8, 10}) ==
            to_iso(Date{2015, static_cast<std::uint8_t>(month + 1), 17}));
    }
  }
}

TEST_CASE("every hour in words is the hour, with its noun and without") {
  DateReader reader;
  constexpr std::array<const char*, 12> kHours{
      "الواحدة", "الثانية", "الثالثة", "الرابعة", "الخامسة",      "السادسة",
      "السابعة", "الثامنة", "التاسعة", "العاشرة", "الحادية عشرة", "الثانية عشرة"};
  struct Half {
    const char* part;
    int add;
  };
  for (int hour = 1; hour <= 12; ++hour) {
    for (const auto& [part, add] : {Half{"صباحا", 0}, Half{"صباحًا", 0}, Half{"مساء", 12},
                                    Half{"مساءً", 12}, Half{"من مساء أمس", 12}}) {
      for (const char* lead : {"في ", "عند الساعة "}) {
        const auto text =
            std::string(lead) + kHours[static_cast<std::size_t>(hour - 1)] + " " + part;
        if (hour == 1 && text.find("الساعة") == text.npos && add == 12) continue;
        CAPTURE(text);
        const auto found = reader.read(text, Date{2015, 8, 10});
        REQUIRE(found.size() == 1);
        const bool yesterday = text.ends_with("أمس");
        const int clock = hour == 12 && add == 0 ? 0 : hour == 12 ? 12 : hour + add;
        CHECK(found[0].value ==
              std::string(yesterday ? "2015-08-09T" : "2015-08-10T") + two(clock) + ":00");
        CHECK(found[0].end == text.size());
      }
    }
  }
}

TEST_CASE("every number of years up to 99 reads back, in digits and in words") {
  DateReader reader;
  constexpr std::array<const char*, 10> kOnes{"",    "",   "",    "ثلاث",  "أربع",
                                              "خمس", "ست", "سبع", "ثماني", "تسع"};
  constexpr std::array<const char*, 10> kTens{"",      "",     "عشرين", "ثلاثين", "أربعين",
                                              "خمسين", "ستين", "سبعين", "ثمانين", "تسعين"};
  for (int count = 3; count <= 99; ++count) {
    const auto ones = static_cast<std::size_t>(count % 10);
    const auto tens = static_cast<std::size_t>(count / 10);
    const std::string unit = count <= 10 ? "سنوات" : "سنة";
    const auto digits = std::to_string(count) + " " + unit;
    std::string words;
    if (count < 10) words = kOnes[ones];
    if (count > 12 && count < 20) words = std::string(kOnes[ones]) + " عشرة";
    if (count >= 20 && ones == 0) words = kTens[tens];
    if (count >= 20 && ones >= 3) words = std::string(kOnes[ones]) + " و" + kTens[tens];
    for (const auto& text : {digits, words.empty() ? digits : words + " " + unit}) {
      CAPTURE(text);
      const auto found = reader.read(text, Date{2015, 8, 10});
      REQUIRE(found.size() == 1);
      CHECK(found[0].value == "P" + std::to_string(count) + "Y");
      CHECK(found[0].end == text.size());
    }
  }
}

}  // namespace
