// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "query/plan.h"

namespace fihris::query {

/// Folded forms of the index, best first.
struct Forms {
  std::vector<std::string> forms;
  std::vector<int> distances;  ///< of each form in half letters, where they were found by distance
  bool cut = false;            ///< there were more than the limit
};

/// The forms that a pattern with `*` covers, most frequent first. A plain pattern may carry
/// clitics in the text («مقاتل*» finds والمقاتلين). \param exact  only forms without them.
Forms expand_pattern(std::string_view pattern, bool exact, const TermSource& index);

/// The forms at most `distance` letters from `folded` (0: one up to four letters, two above),
/// nearest first. Letters that writers of Arabic confuse, and doubled ones, count half.
Forms expand_fuzzy(std::string_view folded, int distance, const TermSource& index);

/// Edit distance in half letters: a letter put in, left out or changed counts two, a change of
/// letters that sound or look alike (ض ظ, س ص, ت ط, د ذ ض, ح ه, ق ك, ا ي و) or a doubled letter
/// one, two neighbours swapped two. `bound` + 1 when it is larger than `bound`.
int confusion_distance(std::u32string_view a, std::u32string_view b, int bound);
std::u32string decode_letters(std::string_view text);

}  // namespace fihris::query
