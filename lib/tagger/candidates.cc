// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/candidates.h"

#include <algorithm>
#include <optional>
#include <string>

#include "authority/names.h"

namespace fihris::tagger {
namespace {

constexpr std::uint32_t kLongest = 5;  // words after the head, in quotes
constexpr std::uint32_t kLongestBare = 4;
constexpr std::size_t kLetter = 2;  // bytes of an Arabic letter

struct Span {
  std::uint32_t first, last;
  bool quoted;
};

class Finder {
 public:
  Finder(const Scene& scene, const Decisions& decided) : scene_(scene), decided_(decided) {}

  std::vector<CandidateTag> run() {
    for (std::uint32_t i = 0; i + 1 < scene_.size(); ++i) {
      const auto& cues = scene_.cues(i);
      if ((cues.classes & kNamesGroup) == 0 || cues.definite) continue;
      const auto span = name_from(i);
      if (!span || known(*span)) continue;
      add(*span);
      i = span->last;
    }
    return std::move(tags_);
  }

 private:
  /// The name that begins with the head word `head`.
  std::optional<Span> name_from(std::uint32_t head) const {
    // «لواء "صقور الجبل"» and «"لواء صقور الجبل"».
    const bool outside = (scene_.gaps[head + 1] & kQuote) != 0;
    const bool inside = (scene_.gaps[head] & kQuote) != 0;
    if (outside || inside) {
      for (auto last = head + 1; last < scene_.size() && last <= head + kLongest; ++last) {
        if ((scene_.gaps[last] & ~kQuote) != 0 || (last > head + 1 && scene_.gaps[last] != 0))
          break;
        if ((scene_.gaps[last + 1] & kQuote) == 0) continue;
        if (last == head + 1 && describes(last)) return std::nullopt;
        return Span{head, last, true};
      }
      if (outside) return std::nullopt;
    }
    if ((scene_.cues(head).classes & kNamesQuoted) != 0) return std::nullopt;
    return bare_name(head);
  }

  /// «تنظيم "إرهابي"»: the quotes hold what is said of it.
  bool describes(std::uint32_t token) const {
    auto cues = scene_.cues(token);
    if ((cues.classes & kNoGroup) != 0) return true;
    read_grammar(scene_.word(token), cues);
    return cues.adjective && !cues.definite;
  }

  /// Without quotes: nouns without article, then one with it or a proper name. «لواء صقور الجبل»,
  /// «كتيبة شهداء دير الزور».
  std::optional<Span> bare_name(std::uint32_t head) const {
    const bool unit = (scene_.cues(head).classes & kNamesUnit) != 0;
    bool proper = false;
    bool closed = false;
    auto last = head;
    for (auto at = head + 1; at < scene_.size() && at <= head + kLongestBare; ++at) {
      if (scene_.gaps[at] != 0) break;
      auto cues = scene_.cues(at);
      read_grammar(scene_.word(at), cues);
      const bool particle =
          cues.conjunction || cues.particle || (cues.classes & (kPreposition | kNoGroup)) != 0 ||
          scene_.word(at).kind != TokenKind::arabic || scene_.word(at).folded.size() < 2 * kLetter;
      if (particle || (at == head + 1 && cues.adjective_of != 0)) break;
      if (cues.definite) {
        if (closed && !cues.adjective) break;
        closed = true;
        proper = proper || (!cues.common && !cues.adjective);
      } else if (cues.common || cues.adjective) {
        if (closed || at > head + 2) break;
        // A noun without article goes on only into one with it.
        if (at + 1 >= scene_.size() || scene_.gaps[at + 1] != 0 || !scene_.cues(at + 1).definite)
          break;
        continue;
      } else {
        if (closed && (cues.classes & (kGiven | kKin)) == 0) break;
        closed = true;
        proper = true;
      }
      last = at;
    }
    if (last == head || !closed) return std::nullopt;
    if (!unit && !proper) return std::nullopt;
    // «جبهة لحج» is where the fighting is.
    if (!unit && std::any_of(decided_.places.begin(), decided_.places.end(),
                             [&](const Decision& d) { return d.match.first == head + 1; }))
      return std::nullopt;
    return Span{head, last, false};
  }

  /// True if a file has the name, or a decided name shares a word with it.
  bool known(const Span& span) const {
    const auto overlaps = [&](const Match& m) {
      return m.first <= span.last && span.first <= m.last;
    };
    return std::any_of(decided_.groups.begin(), decided_.groups.end(),
                       [&](const Decision& d) { return overlaps(d.match); }) ||
           std::any_of(
               decided_.other_names.begin(), decided_.other_names.end(),
               [&](const Match& m) { return m.first == span.first && m.last <= span.last; });
  }

  void add(const Span& span) {
    const auto& first = scene_.run.tokens[span.first];
    const auto& last = scene_.run.tokens[span.last];
    const auto text = scene_.run.field_text(span.first);
    Mention mention;
    mention.field = scene_.run.field(span.first);
    mention.begin = first.begin;
    mention.end = last.end;
    mention.surface = text.substr(first.begin, last.end - first.begin);
    mention.rule = span.quoted ? "quotes" : "pattern";
    mention.confidence = span.quoted ? 0.8 : 0.5;
    std::string key;
    for (auto at = span.first; at <= span.last; ++at) {
      std::string_view folded = scene_.word(at).folded;
      if (at == span.first) folded.remove_prefix(clitics(scene_.cues(at)) * kLetter);
      key += authority::key_word(folded) + " ";
    }
    const auto found = std::find(keys_.begin(), keys_.end(), key);
    if (found != keys_.end()) {
      tags_[static_cast<std::size_t>(found - keys_.begin())].mentions.push_back(std::move(mention));
      return;
    }
    // As first written, without the particles of its first word and the quotes.
    auto name = std::string(
        scene_.word(span.first).light.substr(clitics(scene_.cues(span.first)) * kLetter));
    for (auto at = span.first + 1; at <= span.last; ++at) {
      name += ' ';
      name += scene_.word(at).light;
    }
    keys_.push_back(std::move(key));
    tags_.push_back({std::move(name), {std::move(mention)}});
  }

  static std::size_t clitics(const WordCues& cues) {
    return (cues.conjunction ? 1u : 0u) + (cues.particle ? 1u : 0u);
  }

  const Scene& scene_;
  const Decisions& decided_;
  std::vector<std::string> keys_;
  std::vector<CandidateTag> tags_;
};

}  // namespace

std::vector<CandidateTag> find_candidates(const Scene& scene, const Decisions& decided) {
  return Finder(scene, decided).run();
}

}  // namespace fihris::tagger
