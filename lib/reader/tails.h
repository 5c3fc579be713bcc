// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "fihris/document.h"

namespace fihris::reader {

/// Learns which lines end the articles of a source time and again («مقالات أخرى للكاتب», the
/// numbers of a paper's messaging service, "Tags:") and sets them apart.
///
/// A line is learnt when it stood among the last lines of at least five articles of a source, and
/// of one in fifty. It has to be short: long sentences that repeat are news. From the first such
/// line on the text is set apart, if nothing but short lines without a full stop or learnt lines
/// follow.
class TailFinder {
 public:
  /// Takes note of an article.
  void learn(const Article& article);
  /// Moves the tail of `article.text` to the field "boilerplate".
  Article set_apart(Article article) const;

 private:
  struct Seen {
    std::uint32_t count = 0;
    std::uint64_t last = 0;  ///< how the last such article began: copies of one count once
  };
  struct Source {
    std::uint64_t articles = 0;
    std::unordered_map<std::uint64_t, Seen> lines;
  };
  bool is_learnt(const Source& source, std::string_view line) const;

  std::unordered_map<std::string, Source> sources_;
};

}  // namespace fihris::reader
