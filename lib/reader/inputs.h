// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace fihris::reader {

/// A file to read.
struct InputFile {
  std::string path;  ///< "-": standard input
  std::uint64_t size = 0;
  std::int64_t modified = 0;  ///< nanoseconds since 1970
  bool regular = false;
};

/// The files that `inputs` name, in their order: folders are walked (names in byte order; hidden
/// names and links are left out), patterns with * ? [ ] are filled in where no file has that name.
/// A file that is named twice is read once. \param note  told of what is passed over: path,
/// message.
std::vector<InputFile> find_inputs(
    const std::vector<std::string>& inputs,
    const std::function<void(const std::string&, const std::string&)>& note);

}  // namespace fihris::reader
