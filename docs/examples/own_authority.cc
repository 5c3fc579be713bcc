// SPDX-License-Identifier: GPL-2.0-or-later
// Entities of one's own, laid over the built-in ones: own_authority FACTIONS.tsv < TEXT
#include <fihris/authority.h>
#include <fihris/error.h>
#include <fihris/tagger.h>

#include <iostream>
#include <iterator>

int main(int count, char** words) {
  if (count != 2) return 2;
  const std::vector<std::string> files{words[1]};
  const auto faults = fihris::Authority::check(files);
  for (const auto& fault : faults) {
    std::cerr << fault.file << ':' << fault.line << ": " << fault.message << '\n';
  }
  if (!faults.empty()) return 3;
  try {
    const auto authority = fihris::Authority::load(files);
    const auto builtin = fihris::Authority::builtin().size(fihris::Facet::faction);
    std::cout << authority.size(fihris::Facet::faction) - builtin << " added\n";

    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    fihris::Tagger tagger(authority);
    for (const auto& tag : tagger.tag("", text, std::nullopt).factions) {
      std::cout << tag.entity.id << '\t' << tag.entity.ar << '\t' << tag.mentions.size() << '\n';
    }
  } catch (const fihris::Error& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
