// SPDX-License-Identifier: GPL-2.0-or-later
// Names of months and days of the week.
#include <array>

#include "timex/lexicon.h"

namespace fihris::timex {
namespace {

using enum Kind;
using enum Source;

constexpr Entry kMonths[] = {
    // Egypt, Gulf, Sudan, Libya.
    {"يناير", month, 1, 0, cldr_ar},
    {"فبراير", month, 2, 0, cldr_ar},
    {"مارس", month, 3, kWeak, cldr_ar},  // also "practised"
    {"أبريل", month, 4, 0, cldr_ar},
    {"مايو", month, 5, 0, cldr_ar},
    {"يونيو", month, 6, 0, cldr_ar},
    {"يوليو", month, 7, 0, cldr_ar},
    {"أغسطس", month, 8, 0, cldr_ar},
    {"سبتمبر", month, 9, 0, cldr_ar},
    {"أكتوبر", month, 10, 0, cldr_ar},
    {"نوفمبر", month, 11, 0, cldr_ar},
    {"ديسمبر", month, 12, 0, cldr_ar},
    // Spellings of the same.
    {"إبريل", month, 4, 0, press},
    {"ابرايل", month, 4, 0, press},
    {"فبرائر", month, 2, 0, press},
    {"يونيه", month, 6, 0, press},
    {"يونية", month, 6, 0, press},
    {"يوليه", month, 7, 0, press},
    {"يولية", month, 7, 0, press},
    {"يوليوا", month, 7, 0, press},
    {"أوغسطس", month, 8, 0, press},
    {"أغسطوس", month, 8, 0, press},
    {"اغسطص", month, 8, 0, press},
    {"سبتمر", month, 9, 0, press},
    {"سيبتمبر", month, 9, 0, press},
    {"اكتوبير", month, 10, 0, press},
    {"أوكتوبر", month, 10, 0, press},
    {"نوفنبر", month, 11, 0, press},
    {"دسمبر", month, 12, 0, press},
    {"ديسيمبر", month, 12, 0, press},
    // Iraq and the Levant.
    {"شباط", month, 2, 0, cldr_levant},
    {"آذار", month, 3, 0, cldr_levant},
    {"نيسان", month, 4, 0, cldr_levant},
    {"أيار", month, 5, 0, cldr_levant},
    {"حزيران", month, 6, 0, cldr_levant},
    {"تموز", month, 7, 0, cldr_levant},
    {"آب", month, 8, kWeak | kNoClitic, cldr_levant},  // folded like "father"
    {"أيلول", month, 9, 0, cldr_levant},
    {"كانون", month_pair, 12, 0, cldr_levant},
    {"تشرين", month_pair, 10, 0, cldr_levant},
    {"تشرن", month_pair, 10, 0, press},
    {"اذر", month, 3, kWeak | kNoClitic, press},
    {"حزيزان", month, 6, 0, press},
    // Algeria, Tunisia, Morocco, Mauritania.
    {"جانفي", month, 1, 0, cldr_maghreb},
    {"فيفري", month, 2, 0, cldr_maghreb},
    {"أفريل", month, 4, 0, cldr_maghreb},
    {"ماي", month, 5, kWeak, cldr_maghreb},
    {"جوان", month, 6, kWeak, cldr_maghreb},
    {"جويلية", month, 7, 0, cldr_maghreb},
    {"أوت", month, 8, kWeak, cldr_maghreb},
    {"يوليوز", month, 7, 0, cldr_maghreb},
    {"غشت", month, 8, 0, cldr_maghreb},
    {"شتنبر", month, 9, 0, cldr_maghreb},
    {"نونبر", month, 11, 0, cldr_maghreb},
    {"دجنبر", month, 12, 0, cldr_maghreb},
    {"أغشت", month, 8, 0, cldr_maghreb},
    {"شتمبر", month, 9, 0, cldr_maghreb},
    {"دجمبر", month, 12, 0, cldr_maghreb},
    {"إبريل", month, 4, 0, cldr_maghreb},
    {"ابريل", month, 4, 0, cldr_maghreb},
    // Libya, 1977 to 2011.
    {"الطير", month, 4, kWeak | kNoClitic, press},
    {"هانيبال", month, 8, kWeak | kNoClitic, press},
    {"الفاتح", month, 9, kWeak | kNoClitic, press},
    {"التمور", month, 10, kWeak | kNoClitic, press},
    {"الحرث", month, 11, kWeak | kNoClitic, press},
    {"الكانون", month, 12, kWeak | kNoClitic, press},
    // Islamic calendar. Persons are named after several: those need a day, a year or شهر.
    {"محرم", hijri_month, 1, kWeak, cldr_islamic},
    {"صفر", hijri_month, 2, kWeak, cldr_islamic},
    {"ربيع", rabi, 3, 0, cldr_islamic},
    {"جمادى", month_pair, 105, 0, cldr_islamic},
    {"جماد", month_pair, 105, 0, press},
    {"رجب", hijri_month, 7, kWeak, cldr_islamic},
    {"شعبان", hijri_month, 8, kWeak, cldr_islamic},
    {"رمضان", hijri_month, 9, 0, cldr_islamic},
    {"شوال", hijri_month, 10, 0, cldr_islamic},
    {"ذو", dhu, 0, kNoClitic, cldr_islamic},
    {"ذي", dhu, 0, kNoClitic, cldr_islamic},
    {"ذوالقعدة", hijri_month, 11, kNoClitic, press},
    {"ذوالحجة", hijri_month, 12, kNoClitic, press},
    {"القعدة", hijri_month, 11, kWeak | kNoClitic, cldr_islamic},
    {"الحجة", hijri_month, 12, kWeak | kNoClitic, cldr_islamic},
    // Latin letters, for queries.
    {"january", month, 1, kLatin, cldr_en},
    {"february", month, 2, kLatin, cldr_en},
    {"march", month, 3, kLatin | kWeak, cldr_en},
    {"april", month, 4, kLatin, cldr_en},
    {"may", month, 5, kLatin | kWeak, cldr_en},
    {"june", month, 6, kLatin, cldr_en},
    {"july", month, 7, kLatin, cldr_en},
    {"august", month, 8, kLatin, cldr_en},
    {"september", month, 9, kLatin, cldr_en},
    {"october", month, 10, kLatin, cldr_en},
    {"november", month, 11, kLatin, cldr_en},
    {"december", month, 12, kLatin, cldr_en},
    {"jan", month, 1, kLatin | kWeak, cldr_en},
    {"feb", month, 2, kLatin | kWeak, cldr_en},
    {"mar", month, 3, kLatin | kWeak, cldr_en},
    {"apr", month, 4, kLatin | kWeak, cldr_en},
    {"jun", month, 6, kLatin | kWeak, cldr_en},
    {"jul", month, 7, kLatin | kWeak, cldr_en},
    {"aug", month, 8, kLatin | kWeak, cldr_en},
    {"sep", month, 9, kLatin | kWeak, cldr_en},
    {"sept", month, 9, kLatin | kWeak, cldr_en},
    {"oct", month, 10, kLatin | kWeak, cldr_en},
    {"nov", month, 11, kLatin | kWeak, cldr_en},
    {"dec", month, 12, kLatin | kWeak, cldr_en},
    {"muharram", hijri_month, 1, kLatin | kWeak, cldr_en},
    {"safar", hijri_month, 2, kLatin | kWeak, cldr_en},
    {"rajab", hijri_month, 7, kLatin | kWeak, cldr_en},
    {"shaban", hijri_month, 8, kLatin | kWeak, cldr_en},
    {"ramadan", hijri_month, 9, kLatin | kWeak, cldr_en},
    {"shawwal", hijri_month, 10, kLatin | kWeak, cldr_en},
    // Days of the week.
    {"أحد", weekday, 0, kOnlyDefinite, cldr_ar},
    {"اثنين", weekday, 1, kOnlyDefinite, cldr_ar},
    {"ثلاثاء", weekday, 2, kOnlyDefinite, cldr_ar},
    {"أربعاء", weekday, 3, kOnlyDefinite, cldr_ar},
    {"خميس", weekday, 4, kOnlyDefinite, cldr_ar},
    {"جمعة", weekday, 5, kOnlyDefinite, cldr_ar},
    {"سبت", weekday, 6, kOnlyDefinite, cldr_ar},
    {"ثلثاء", weekday, 2, kOnlyDefinite, press},
    {"اتنين", weekday, 1, kOnlyDefinite, press},
    {"أربعا", weekday, 3, kOnlyDefinite, press},
    {"ثلاثا", weekday, 2, kOnlyDefinite, press},
};

}  // namespace

std::span<const Entry> month_entries() { return kMonths; }

}  // namespace fihris::timex
