// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/reader.h"

namespace fihris::reader {

/// Turns one JSON object into an article.
class JsonRecord {
 public:
  explicit JsonRecord(const ReaderOptions& options);
  ~JsonRecord();

  struct Result {
    std::optional<Article> article;
    std::vector<std::string> faults;  ///< why it was skipped, or which fields were left out
  };
  Result parse(std::string_view json);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fihris::reader
