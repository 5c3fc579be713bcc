// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace fihris::cli {

/// `fihris help query`: the query language on one screen. The whole of it: docs/query-language.md.
inline constexpr std::string_view kQueryHelp =
    R"help(The query language. Every construct has an Arabic and an English spelling.

  words      معارك إدلب              both words, in all their forms
             هدنة أو مصالحة          either (also OR, |)
             درعا -القنيطرة          the first without the second (also NOT, !)
             (هدنة | صلح) حمص        parentheses
  forms      =معارك                  this spelling, no clitics, no stem
             =="الدولة الإسلامية"    exactly as printed
             مقاتل*  *باد            beginnings, endings (three letters at least)
             الظواهري~               one or two letters off
  phrases    «جيش الفتح»             also "..."; clitics are allowed: لجيش الفتح
             "جبهة فصائل"~5          within five words, in any order
             a NEAR/5 b   a ADJ/5 b  near; near and in this order (جوار/5)
  fields     title: عنوان:  text: نص:  author: كاتب:  source: مصدر:  id: معرف:  tag: وسم:  lang: لغة:
  who        faction: فصيل:          an id, or any name: فصيل:"جبهة النصرة"
  where      region: منطقة:          منطقة:"سهل الغاب"   region:sy/idlib   region:=sy/idlib (itself alone)
             near: قرب:              near:أريحا/15km   قرب:35.81,36.61/20كم
  when       date: تاريخ:            day of publication: 2015-04..2015-06  >=2015-05-01  أيار-2015
             event: حدث:             what the text tells of: event:2015-05-28  حدث:رمضان-1436
  more       about: موضوع:           in the title, or named three times
             has: فيه:               has:faction  has:region  has:event
             sentence(...) جملة(...)  para(...) فقرة(...)   all inside one sentence or paragraph
             @name                   a saved query (--saved FILE)

  A comma inside a field means either: faction:nusra-front,ahrar-al-sham. The field again means both. Brackets take several values
  and a minus: region:(sy/idlib -sy/idlib/ariha). What is not understood is taken as words, with a warning; --strict makes it an
  error. \ escapes. `fihris explain QUERY` shows how a query is read.
)help";

}  // namespace fihris::cli
