// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/tsv.h"
#include "fihris/error.h"
#include "fihris/reader.h"
#include "reader/jsonl.h"
#include "reader/source.h"

namespace fihris {
namespace {

constexpr std::size_t kRawLimit = 1 << 16;

}  // namespace

struct ArticleReader::Impl {
  std::vector<std::string> inputs;
  ReaderOptions options;
  std::function<void(const ReadFault&)> report = [](const ReadFault&) {};
  reader::JsonRecord json{options};
  std::size_t next_input = 0;
  std::unique_ptr<reader::ByteSource> source;
  std::unique_ptr<reader::LineReader> lines;
  std::string member;
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;

  Impl(std::vector<std::string> given, ReaderOptions wanted)
      : options(std::move(wanted)), json(options) {
    for (auto& input : given) add_input(std::move(input));
  }

  void add_input(std::string input) {
    std::error_code error;
    if (input != "-" && std::filesystem::is_directory(input, error)) {
      std::vector<std::string> files;
      for (const auto& entry : std::filesystem::recursive_directory_iterator(
               input, std::filesystem::directory_options::skip_permission_denied, error)) {
        if (entry.is_regular_file(error)) files.push_back(entry.path().string());
      }
      std::sort(files.begin(), files.end());
      for (auto& file : files) add_input(std::move(file));
      return;
    }
    if (input != "-") total_bytes += std::filesystem::file_size(input, error);
    inputs.push_back(std::move(input));
  }

  bool advance() {
    for (;;) {
      if (source == nullptr) {
        if (next_input == inputs.size()) return false;
        source = reader::ByteSource::open(inputs[next_input++]);
      }
      if (auto name = source->next_member()) {
        member = std::move(*name);
        lines = std::make_unique<reader::LineReader>(*source, options.max_record_bytes);
        return true;
      }
      done_bytes += source->bytes_read();
      source.reset();
    }
  }

  void fault(std::uint64_t line, std::string message, bool skipped, std::string_view raw) const {
    report({{member, line}, std::move(message), skipped, std::string(raw.substr(0, kRawLimit))});
  }
};

ArticleReader::ArticleReader(std::vector<std::string> inputs, ReaderOptions options)
    : impl_(std::make_unique<Impl>(std::move(inputs), std::move(options))) {}
ArticleReader::~ArticleReader() = default;
ArticleReader::ArticleReader(ArticleReader&&) noexcept = default;
ArticleReader& ArticleReader::operator=(ArticleReader&&) noexcept = default;

std::optional<std::pair<Article, Origin>> ArticleReader::next() {
  for (;;) {
    if (impl_->lines == nullptr && !impl_->advance()) return std::nullopt;
    auto line = impl_->lines->next();
    if (!line) {
      impl_->lines.reset();
      continue;
    }
    auto text = line->text;
    if (line->number == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (trim(text).empty()) continue;
    if (line->too_long) {
      impl_->fault(line->number,
                   "longer than " + std::to_string(impl_->options.max_record_bytes) + " bytes",
                   true, text);
      continue;
    }
    auto result = impl_->json.parse(text);
    for (auto& message : result.faults) {
      impl_->fault(line->number, std::move(message), !result.article, text);
    }
    if (result.article)
      return std::pair{std::move(*result.article), Origin{impl_->member, line->number}};
  }
}

void ArticleReader::on_fault(std::function<void(const ReadFault&)> handler) {
  impl_->report = std::move(handler);
}

std::uint64_t ArticleReader::bytes_read() const {
  return impl_->done_bytes + (impl_->source ? impl_->source->bytes_read() : 0);
}

std::uint64_t ArticleReader::bytes_total() const { return impl_->total_bytes; }

}  // namespace fihris
