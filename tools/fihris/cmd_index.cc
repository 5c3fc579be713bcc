// SPDX-License-Identifier: GPL-2.0-or-later
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>

#include "commands.h"
#include "fihris/error.h"
#include "fihris/index.h"
#include "fihris/reader.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {

void index_options(po::options_description& options) {
  add_db_option(options);
  auto add = options.add_options();
  add("threads,j", po::value<unsigned>()->value_name("N"),
      "threads that analyse (one for each core)");
  add("memory", po::value<std::size_t>()->value_name("MIB"),
      "memory for parts before they are written (512)");
  add("rejects", po::value<std::string>()->value_name("FILE"),
      "keep the records that were skipped, as they stood");
  add("no-copies", po::bool_switch(), "do not look for near-identical articles");
  add("dry-run", po::bool_switch(), "read everything, write nothing");
  add("quiet,q", po::bool_switch(), "no progress and no summary");
  add_authority_options(options);
  add_reader_options(options);
}

namespace {

std::atomic<bool> interrupted{false};

/// A line of progress on a terminal, ten times a second.
class Progress {
 public:
  explicit Progress(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) != 0) {}
  void step(const ArticleReader& reader, std::uint64_t articles, std::uint64_t faults) {
    using std::chrono::steady_clock;
    if (!shown_ || steady_clock::now() - last_ < std::chrono::milliseconds(100)) return;
    last_ = steady_clock::now();
    const double seconds = std::chrono::duration<double>(last_ - begin_).count();
    std::cerr << '\r' << grouped(articles) << " articles, "
              << static_cast<std::uint64_t>(static_cast<double>(articles) / seconds) << "/s";
    if (reader.bytes_total() > 0) {
      const double part =
          static_cast<double>(reader.bytes_read()) / static_cast<double>(reader.bytes_total());
      std::cerr << ", " << static_cast<int>(part * 100) << "%";
      if (part > 0.01) std::cerr << ", " << static_cast<int>(seconds / part - seconds) << " s left";
    }
    if (faults > 0) std::cerr << ", " << grouped(faults) << " faults";
    std::cerr << "   " << std::flush;
  }
  void end() const {
    if (shown_) std::cerr << "\r\033[K";
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_{};
  bool shown_;
};

Exit run(const po::variables_map& given, bool create) {
  const auto inputs = arguments(given);
  if (inputs.empty())
    throw UsageError("which articles? Name files or folders, or - for standard input");
  const bool dry = get<bool>(given, "dry-run");
  const bool quiet = get<bool>(given, "quiet");
  IndexOptions options;
  options.create = create;
  options.threads = get<unsigned>(given, "threads");
  options.memory_mb = get<std::size_t>(given, "memory", options.memory_mb);
  options.group_copies = !get<bool>(given, "no-copies");
  std::ofstream rejects;
  if (const auto file = get<std::string>(given, "rejects"); !file.empty()) {
    rejects.open(file, std::ios::binary);
    if (!rejects) throw Error(ErrorCode::io, file + ": cannot create");
  }

  ArticleReader reader(inputs, reader_options(given));
  std::uint64_t articles = 0;
  std::uint64_t kept_with_fault = 0;
  std::uint64_t skipped = 0;
  Progress progress(!quiet);
  const auto report = [&](const Origin& origin, const std::string& message, bool lost,
                          const std::string& raw) {
    progress.end();
    std::cerr << printable(origin.str() + ": " + message) << (lost ? " (skipped)\n" : "\n");
    ++(lost ? skipped : kept_with_fault);
    if (lost && rejects.is_open()) rejects << raw << '\n';
  };
  reader.on_fault([&](const ReadFault& fault) {
    report(fault.origin, fault.message, fault.skipped, fault.raw);
  });

  std::optional<Indexer> indexer;
  if (!dry) indexer.emplace(db_path(given), read_authority(given), options);
  std::signal(SIGINT, [](int) { interrupted = true; });
  std::signal(SIGTERM, [](int) { interrupted = true; });
  const auto begin = std::chrono::steady_clock::now();
  while (!interrupted) {
    auto next = reader.next();
    if (!next) break;
    auto& [article, origin] = *next;
    ++articles;
    if (!dry) {
      try {
        indexer->add(std::move(article));
      } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid_argument) throw;
        --articles;
        report(origin, error.what(), true, "");
      }
    }
    progress.step(reader, articles, skipped + kept_with_fault);
  }
  if (indexer) indexer->commit();
  progress.end();
  if (!quiet) {
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::cerr << grouped(articles) << " articles " << (dry ? "read" : "indexed") << " in "
              << static_cast<int>(seconds * 10) / 10.0 << " s";
    if (skipped > 0) std::cerr << ", " << grouped(skipped) << " records skipped";
    if (kept_with_fault > 0) std::cerr << ", " << grouped(kept_with_fault) << " kept with a fault";
    std::cerr << '\n';
  }
  if (interrupted) return Exit::interrupted;
  if (articles == 0 && skipped == 0) std::cerr << "fihris: no record found\n";
  return articles == 0 ? (skipped == 0 ? Exit::nothing : Exit::failure) : Exit::done;
}

}  // namespace

Exit run_index(const po::variables_map& given) { return run(given, true); }

Exit run_add(const po::variables_map& given) { return run(given, false); }

}  // namespace fihris::cli
