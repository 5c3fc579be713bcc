// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/snippet.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"

namespace fihris {

std::string Snippet::html() const {
  std::string out;
  const auto escape = [&](std::size_t begin, std::size_t end) {
    for (const char c : std::string_view(text).substr(begin, end - begin)) {
      switch (c) {
        case '&':
          out += "&amp;";
          break;
        case '<':
          out += "&lt;";
          break;
        case '>':
          out += "&gt;";
          break;
        case '"':
          out += "&quot;";
          break;
        case '\'':
          out += "&#39;";
          break;
        default:
          out += c;
      }
    }
  };
  std::size_t at = 0;
  for (const auto& match : matches) {
    escape(at, match.begin);
    out += "<mark>";
    escape(match.begin, match.end);
    out += "</mark>";
    at = match.end;
  }
  escape(at, text.size());
  return out;
}

namespace search {
namespace {

constexpr std::string_view kGap = " … ";
constexpr std::size_t kPassages = 3;
constexpr std::size_t kLeadWords = 6;  ///< words before the first mark of a passage

/// True if the first character with a direction is written from right to left.
bool is_right_to_left(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    if ((c.code >= 0x0590 && c.code <= 0x08FF) || (c.code >= 0xFB1D && c.code <= 0xFDFF) ||
        (c.code >= 0xFE70 && c.code <= 0xFEFE)) {
      return true;
    }
    if ((c.code >= 'A' && c.code <= 'Z') || (c.code >= 'a' && c.code <= 'z') ||
        (c.code >= 0xC0 && c.code < 0x0590)) {
      return false;
    }
    at += c.length;
  }
  return true;  // the language of this library, where nothing tells
}

/// How many tokens a mention has that begins at `token`: up to the end of the longest name that
/// stands there or soon after («مدينة إدلب»), else one.
std::size_t length_of(const Mention& mention, const std::vector<analysis::TextToken>& tokens) {
  constexpr std::size_t kBefore =
      2;  ///< words of a mention before the name: «مدينة», «عناصر تنظيم»
  for (std::size_t before = 0; before <= kBefore; ++before) {
    const auto at = mention.token + before;
    std::size_t length = 0;
    for (const auto& name : *mention.names) {
      if (name.size() <= length || at + name.size() > tokens.size()) continue;
      const bool whole =
          std::equal(name.begin(), name.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
                     [](const std::string& stem, const analysis::TextToken& token) {
                       return stem == token.word->stem;
                     });
      if (whole) length = name.size();
    }
    if (length > 0) return before + length;
  }
  return 1;
}

struct Passage {
  std::size_t first = 0;  ///< tokens
  std::size_t last = 0;
};

/// The text as one line: line breaks and tabs become blanks.
std::string one_line(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return out;
}

}  // namespace

std::vector<SnippetMaker::Match> SnippetMaker::find(const std::vector<analysis::TextToken>& tokens,
                                                    const query::Compiled& marks,
                                                    const std::vector<Mention>& mentions) const {
  std::vector<Match> found;
  constexpr std::uint32_t kMentionKeys = 1u << 31;  // words have the numbers below
  std::map<std::string_view, std::uint32_t> keys;
  const auto key = [&](std::string_view name) {
    return keys.emplace(name, static_cast<std::uint32_t>(keys.size())).first->second;
  };
  auto mention = mentions.begin();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& word = *tokens[i].word;
    std::size_t length = 0;
    std::uint32_t longest = 0;
    while (mention != mentions.end() && mention->token < i) ++mention;
    for (; mention != mentions.end() && mention->token == i; ++mention) {
      length = std::max(length, length_of(*mention, tokens));
      longest = kMentionKeys + mention->asked;
    }
    for (const auto& [phrase, folded] : marks.phrases) {
      if (phrase.size() <= length || i + phrase.size() > tokens.size()) continue;
      bool whole = true;
      for (std::size_t w = 0; w < phrase.size() && whole; ++w) {
        const auto& other = *tokens[i + w].word;
        whole = (folded ? other.folded : other.stem) == phrase[w];
      }
      if (!whole) continue;
      length = phrase.size();
      longest = key(phrase.front());
    }
    if (length > 0) {
      found.push_back({i, i + length - 1, longest});
      i += length - 1;
    } else if (const auto stem = marks.stems.find(std::string(word.stem));
               stem != marks.stems.end()) {
      found.push_back({i, i, key(*stem)});
    } else if (const auto form = marks.foldeds.find(std::string(word.folded));
               form != marks.foldeds.end()) {
      found.push_back({i, i, key(*form)});
    }
  }
  return found;
}

Snippet SnippetMaker::make(std::string_view text, const query::Compiled& marks,
                           const std::vector<Mention>& mentions, std::size_t bytes) {
  words_.trim();
  const auto sound = utf8::is_valid(text) ? std::string() : utf8::sanitize(text);
  if (!sound.empty()) text = sound;
  Snippet snippet;
  snippet.right_to_left = is_right_to_left(text);
  const auto tokens = analysis::tokenize(text, words_);
  if (tokens.empty()) {
    snippet.text =
        one_line(text.substr(0, utf8::floor_boundary(text, std::min(bytes, text.size()))));
    return snippet;
  }
  const auto matches = find(tokens, marks, mentions);
  const auto size_of = [&](const Passage& p) { return tokens[p.last].end - tokens[p.first].begin; };
  // A passage that holds at most `room` bytes and begins at or shortly before `token`.
  const auto passage_at = [&](std::size_t token, std::size_t room) {
    Passage passage{token, token};
    for (std::size_t i = 0; i < kLeadWords && passage.first > 0; ++i) {
      // a sentence that begins here is a better beginning
      const auto gap = text.substr(tokens[passage.first - 1].end,
                                   tokens[passage.first].begin - tokens[passage.first - 1].end);
      if (gap.find_first_of(".!\n") != gap.npos || gap.find("؟") != gap.npos) break;
      if (size_of({passage.first - 1, passage.last}) > room / 2) break;
      --passage.first;
    }
    while (passage.last + 1 < tokens.size() && size_of({passage.first, passage.last + 1}) <= room) {
      ++passage.last;
    }
    return passage;
  };

  std::vector<Passage> chosen;
  if (text.size() <= bytes || matches.empty()) {
    chosen.push_back(passage_at(0, bytes));
  } else {
    std::set<std::uint32_t> held;
    std::size_t left = bytes;
    const std::size_t room = std::max<std::size_t>(bytes / kPassages, 60);
    while (chosen.size() < kPassages && left >= room / 2) {
      Passage best;
      std::size_t best_new = 0, best_all = 0;
      for (std::size_t m = 0; m < matches.size(); ++m) {
        const auto passage = passage_at(matches[m].token, std::min(room, left));
        const bool overlaps = std::ranges::any_of(chosen, [&](const Passage& other) {
          return passage.first <= other.last + 1 && other.first <= passage.last + 1;
        });
        if (overlaps) continue;
        std::set<std::uint32_t> keys;
        std::size_t all = 0;
        for (auto n = m; n < matches.size() && matches[n].last <= passage.last; ++n) {
          if (!held.contains(matches[n].key)) keys.insert(matches[n].key);
          ++all;
        }
        if (std::pair(keys.size(), all) > std::pair(best_new, best_all)) {
          best = passage;
          best_new = keys.size();
          best_all = all;
        }
      }
      if (best_all == 0 || (best_new == 0 && !chosen.empty())) break;
      for (const auto& match : matches) {
        if (match.token >= best.first && match.last <= best.last) held.insert(match.key);
      }
      left -= std::min(left, size_of(best) + kGap.size());
      chosen.push_back(best);
    }
    std::ranges::sort(chosen, {}, &Passage::first);
    // room that was not needed goes to the end of the last passage
    auto& last = chosen.back();
    while (last.last + 1 < tokens.size()) {
      const auto more = tokens[last.last + 1].end - tokens[last.last].end;
      if (more > left) break;
      left -= more;
      ++last.last;
    }
  }

  for (const auto& passage : chosen) {
    const bool starts_text = passage.first == 0;
    const bool ends_text = passage.last + 1 == tokens.size();
    if (!snippet.text.empty() || !starts_text) {
      snippet.text += snippet.text.empty() ? kGap.substr(1) : kGap;
    }
    const auto begin = starts_text ? 0 : tokens[passage.first].begin;
    // punctuation after the last word belongs to it
    std::size_t end = ends_text ? text.size() : tokens[passage.last].end;
    if (begin == 0 && tokens[0].begin > bytes) end = tokens[passage.last].end;
    const auto from = begin == 0 && tokens[0].begin > 40 ? tokens[0].begin : begin;
    if (ends_text && end - tokens[passage.last].end > 40) end = tokens[passage.last].end;
    const auto shift = snippet.text.size() - from;
    snippet.text += one_line(text.substr(from, end - from));
    for (const auto& match : matches) {
      if (match.token < passage.first || match.last > passage.last) continue;
      snippet.matches.push_back(
          {tokens[match.token].begin + shift, tokens[match.last].end + shift, 0, 0});
    }
    if (!ends_text && &passage == &chosen.back()) snippet.text += " …";
  }
  for (auto& match : snippet.matches) {
    match.utf16_begin = utf8::utf16_length(snippet.text, match.begin);
    match.utf16_end = utf8::utf16_length(snippet.text, match.end);
  }
  return snippet;
}

}  // namespace search
}  // namespace fihris
