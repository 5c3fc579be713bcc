// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "tagger/decide.h"
#include "tagger/scene.h"

namespace fihris::tagger {

inline constexpr std::uint32_t kNoLocal = 0xFFFFFFFF;
/// Larger than any score in size: a local with this bonus is no place.
inline constexpr double kReject = -100;

/// A candidate for a place with what its neighbours say.
struct Local {
  Match match;
  std::uint32_t begin = 0, end = 0;  ///< of its bearers in Locals::bearers
  std::uint64_t heads = 0;           ///< classes of the head word before it, or of its list
  double bonus = 0;                  ///< for or against it as a place, whichever
  bool own_head = false;             ///< the head stands right before it
  bool generic = false;              ///< made of words such as «المنطقة الجنوبية»
  bool after_person = false;
  bool on_nameplate = false;    ///< «صحيفة الرياض»
  bool leads_noun = false;      ///< «معسكر الكرين»: the first word of a longer phrase
  bool bare_adjective = false;  ///< «مناطق واسعة»
  bool quoted = false;
  bool common = false;          ///< reads as an ordinary word
  bool whole_word = false;      ///< and does so with what was taken for a particle: «وجيزة»
  bool phrase = false;          ///< ordinary words without article: «بيت جميل»
  bool club = false;            ///< named as a club is
  bool in_sport = false;        ///< nothing says that it is a place, in a text of sport
  bool like_adjective = false;  ///< «البيضاء»
  bool countryside = false;     ///< under «ريفي»
  bool homonym = false;         ///< known places of several countries bear the name
  Country country_after = 0;    ///< «طرابلس اللبنانية»
  Country side_of = 0;          ///< «ميلو بوسط مالي»
  bool no_noun = false;  ///< «قم الإيرانية»: a noun would have the article that its adjective has
  std::uint32_t previous = kNoLocal, next = kNoLocal;  ///< in a list
};

/// The candidates for places that are neither part of a faction's name nor of a point of the
/// compass, linked in lists.
struct Locals {
  std::vector<Local> list;
  std::vector<authority::BearerRecord> bearers;
};
Locals look_round(const Scene& scene, Traits& traits, const Candidates& candidates,
                  const std::vector<Decision>& groups);

}  // namespace fihris::tagger
