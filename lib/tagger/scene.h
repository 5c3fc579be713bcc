// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "authority/image.h"
#include "tagger/match.h"

namespace fihris::tagger {

/// Kinds of entities as the rules need them told apart.
enum class Kind : std::uint8_t {
  unknown,
  country,
  wide,  ///< continents and other parts of the world
  sea,
  admin1,
  admin2,
  city,
  town,
  village,
  quarter,
  camp,
  base,
  crossing,
  facility,
  area,
  natural,
  state,  ///< factions: armies, police, governments
  government,
  jihadist,
  group,  ///< all other factions
};

/// What the rules need of an entity.
struct Trait {
  Kind kind = Kind::unknown;
  std::uint8_t fame = 0;  ///< 0 to 3, by population
  Country country = 0;
  std::int32_t from_day = INT32_MIN;  ///< founded; a year of grace is taken off
};

/// The traits of an image's entities, each found out when it is first asked for.
class Traits {
 public:
  explicit Traits(const authority::Image& image)
      : image_(&image), known_(image.entities().size()) {}
  const Trait& of(std::uint32_t entity) {
    auto& trait = known_[entity];
    if (trait.kind == Kind::unknown) trait = read(entity);
    return trait;
  }

 private:
  Trait read(std::uint32_t entity) const;
  const authority::Image* image_;
  std::vector<Trait> known_;
};

/// Which countries an article is about, as a whole and round a word of it.
class Theatre {
 public:
  void add(std::uint32_t token, Country country, double weight);
  /// To be called when all is added, before the rest.
  void finish();
  /// 0 to 1: the evidence for `country`, over that for the best attested country.
  double share(Country country) const;
  /// The same with near evidence counted more.
  double share_at(Country country, std::uint32_t token) const;
  /// `share` without what the word itself says, unless nothing else says anything.
  double share_without(Country country, std::uint32_t token) const;
  /// The country that the word speaks for, or 0.
  Country country_at(std::uint32_t token) const;
  /// `share_at` without what the word itself says, unless no other country is spoken of.
  double share_of_others(Country country, std::uint32_t token) const;
  double total() const { return total_; }
  double weight(Country country) const;

 private:
  struct Evidence {
    std::uint32_t token;
    Country country;
    float weight;
  };
  struct Sum {
    Country country;
    double weight;
  };
  double share_at(Country country, std::uint32_t token, bool own) const;

  std::vector<Evidence> evidence_;
  std::vector<Sum> sums_;
  double total_ = 0;
  double top_ = 0;
};

/// An article as the rules see it: words, what stands between them, and the names that may be in
/// it.
struct Scene {
  const authority::Image& image;
  const Matcher& matcher;
  const TokenRun& run;
  std::span<const std::uint8_t> gaps;

  std::uint32_t size() const { return static_cast<std::uint32_t>(run.tokens.size()); }
  const analysis::Word& word(std::uint32_t token) const { return *run.tokens[token].word; }
  const WordCues& cues(std::uint32_t token) const { return matcher.cues(word(token)); }
  /// The cues of the word before `token` if nothing but blanks and `over` is between; else none.
  const WordCues& before(std::uint32_t token, std::uint8_t over = kQuote | kBracket) const;
  /// The cues of the word after `token`, likewise.
  const WordCues& after(std::uint32_t token, std::uint8_t over = kQuote) const;
  /// True if the words of the match are joined to what stands before it by و, or by a comma.
  bool joined_on(const Match& match) const;
  /// The token where the item before a joined one has to end.
  std::uint32_t item_before(const Match& match) const;
  /// True for the letters of the word before `token`, folded.
  bool word_before_is(std::uint32_t token, std::string_view folded) const;
  bool quoted(const Match& match) const {
    return (gaps[match.first] & (kQuote | kBracket)) != 0 &&
           (gaps[match.last + 1] & (kQuote | kBracket)) != 0;
  }
  /// The classes of the match's own words that all of them have.
  std::uint64_t shared_classes(const Match& match) const;
  std::string_view written(const Match& match) const;
};

/// How likely a place of this kind is to be meant by its bare name when nothing else is known.
double place_prior(const Trait& trait);

/// A match that may name one of several entities of a facet.
struct Candidate {
  Match match;
  std::uint32_t begin = 0, end = 0;  ///< of its bearers in Candidates::bearers
};

/// The matches of one facet, in order of first token, longer ones first.
struct Candidates {
  std::vector<Candidate> list;
  std::vector<authority::BearerRecord> bearers;
  std::span<const authority::BearerRecord> of(const Candidate& candidate) const {
    return std::span(bearers).subspan(candidate.begin, candidate.end - candidate.begin);
  }
};

/// The candidates of both facets: names whose article, spelling and dates agree with the match.
/// \param day  of publication, since 1970-01-01, or INT32_MIN.
struct BothCandidates {
  Candidates groups, places;
};
BothCandidates find_bearers(const Scene& scene, Traits& traits, const std::vector<Match>& matches,
                            std::int32_t day);

}  // namespace fihris::tagger
