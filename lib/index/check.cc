// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/error.h"
#include "fihris/index.h"
#include "index/manifest.h"
#include "index/snapshot.h"
#include "index/verify.h"

namespace fihris {

std::vector<IndexFault> check_index(const std::string& path, bool) {
  std::vector<IndexFault> faults;
  const auto note = [&](const std::string& file, auto&& step) {
    try {
      step();
    } catch (const Error& error) {
      if (error.code() == ErrorCode::not_found && file == path) throw;
      faults.push_back({file, error.what(), error.hint()});
    }
  };
  std::optional<index::Manifest> manifest;
  note(path, [&] { manifest = index::read_manifest(path); });
  if (!manifest) return faults;
  for (const auto& segment : manifest->segments) {
    note(segment.name + ".glass",
         [&] { index::verify_file(path + "/" + segment.name + ".glass", segment.glass); });
    note(segment.name + ".columns",
         [&] { index::verify_file(path + "/" + segment.name + ".columns", segment.columns); });
  }
  if (faults.empty()) note(path, [&] { index::Snapshot::open(path); });
  return faults;
}

}  // namespace fihris
