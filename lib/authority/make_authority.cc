// SPDX-License-Identifier: GPL-2.0-or-later
// make_authority OUT FILE…: the image of the entities that come with the library, from
// corpus/authority. Run by the build. Faults are told and passed over, so that a half-written row
// does not stop a build; a test refuses them.
#include <cstdio>
#include <exception>
#include <fstream>

#include "authority/image.h"
#include "authority/load.h"
#include "base/file.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: make_authority OUT FILE...\n");
    return 2;
  }
  try {
    fihris::authority::EntitySet set;
    std::vector<fihris::AuthorityFault> faults;
    for (int i = 2; i < argc; ++i) {
      fihris::authority::overlay(set, fihris::read_file(argv[i]), argv[i], &faults);
    }
    for (auto& [key, entry] : set.entries) {
      auto& entity = entry.entity;
      if (!entity.parent.empty() && !set.entries.contains({key.first, entity.parent})) {
        faults.push_back(
            {entry.file, entry.line, "parent \"" + entity.parent + "\" is not defined"});
        entity.parent.clear();
      }
    }
    for (const auto& fault : faults) {
      std::fprintf(stderr, "%s:%lu: %s\n", fault.file.c_str(),
                   static_cast<unsigned long>(fault.line), fault.message.c_str());
    }
    const auto image = fihris::authority::build_image(set.entities());
    std::ofstream out(argv[1], std::ios::binary);
    out.write(image.data(), static_cast<std::streamsize>(image.size()));
    out.close();
    return out ? 0 : 3;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_authority: %s\n", error.what());
    return 3;
  }
}
