// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/reader.h"

namespace fihris::test {

/// A folder that goes when the test ends.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "fihris-reader-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string file(const std::string& name, std::string_view bytes) const {
    const auto path = path_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Reading {
  std::vector<Article> articles;
  std::vector<Origin> origins;
  std::vector<ReadFault> faults;
  std::vector<ReadMark> marks;

  const ReadFault* fault_at(std::uint64_t line) const {
    for (const auto& fault : faults) {
      if (fault.origin.line == line) return &fault;
    }
    return nullptr;
  }
  std::string field(std::size_t article, std::string_view name) const {
    for (const auto& field : articles.at(article).fields) {
      if (field.name == name) return field.value;
    }
    return {};
  }
};

inline Reading read_files(std::vector<std::string> files, ReaderOptions options = {}) {
  Reading reading;
  ArticleReader reader(std::move(files), std::move(options));
  reader.on_fault([&](const ReadFault& fault) { reading.faults.push_back(fault); });
  while (auto next = reader.next()) {
    reading.articles.push_back(std::move(next->first));
    reading.origins.push_back(std::move(next->second));
  }
  reading.marks = reader.marks();
  return reading;
}

/// Reads `bytes` as a file of that name.
inline Reading read_bytes(std::string_view bytes, const std::string& name,
                          ReaderOptions options = {}) {
  const Folder folder;
  return read_files({folder.file(name, bytes)}, std::move(options));
}

}  // namespace fihris::test
