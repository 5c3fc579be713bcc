// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "query/plan.h"

namespace fihris::search {

/// The folded forms of an index by the three-letter pieces they are made of: finds forms that look
/// alike (derivations that the stem keeps apart, spellings of foreign names). Takes about 100 bytes
/// a form.
class RelatedForms {
 public:
  /// \param forms  terms with prefix::kRaw; must outlive the object.
  explicit RelatedForms(const std::vector<query::TermSource::Entry>& forms);

  /// Forms whose pieces agree with those of `folded` by at least a half (Dice 1945), likest first,
  /// itself left out.
  std::vector<query::TermSource::Related> find(std::string_view folded, std::size_t most) const;

 private:
  const std::vector<query::TermSource::Entry>& forms_;
  std::vector<std::uint64_t> pieces_;  ///< distinct, ascending
  std::vector<std::uint32_t> ends_;    ///< of the forms of each piece in `holders_`
  std::vector<std::uint32_t> holders_;
  std::vector<std::uint8_t> counts_;  ///< pieces of each form
};

}  // namespace fihris::search
