// SPDX-License-Identifier: GPL-2.0-or-later
// Who, where and when, without an index: tags < TEXT
#include <fihris/tagger.h>

#include <iostream>
#include <iterator>

int main() {
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  fihris::Tagger tagger(fihris::Authority::builtin());
  const auto tags = tagger.tag("", text, fihris::parse_iso_date("2015-04-01"));

  const auto show = [](const char* what, const std::vector<fihris::EntityTag>& entities) {
    for (const auto& tag : entities) {
      std::cout << what << '\t' << tag.entity.id << '\t' << tag.entity.ar;
      for (const auto& mention : tag.mentions) {
        std::cout << '\t' << mention.begin << '-' << mention.end << ' ' << mention.surface;
      }
      std::cout << '\n';
    }
  };
  show("who", tags.factions);
  show("where", tags.regions);
  for (const auto& tag : tags.dates) {
    std::cout << "when\t" << tag.value << '\t' << tag.mentions.front().surface << '\n';
  }
  for (const auto& tag : tags.candidates) std::cout << "perhaps\t" << tag.name << '\n';
}
