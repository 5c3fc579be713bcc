// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/inputs.h"

#include <dirent.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>

namespace fihris::reader {
namespace {

constexpr std::size_t kDeepest = 64;  // folders inside each other

class Finder {
 public:
  explicit Finder(const std::function<void(const std::string&, const std::string&)>& note)
      : note_(note) {}

  void add_named(const std::string& path) {
    struct stat info {};
    if (path == "-") {
      files.push_back({path});
      return;
    }
    if (::stat(path.c_str(), &info) == 0) {
      if (S_ISDIR(info.st_mode)) {
        walk(path, 0);
      } else {
        add_file(path, info);
      }
      return;
    }
    const int reason = errno;
    if (reason == ENOENT && path.find_first_of("*?[") != std::string::npos && add_pattern(path))
      return;
    files.push_back({path});  // opening it will say what is wrong
  }

  std::vector<InputFile> files;

 private:
  using Place = std::pair<dev_t, ino_t>;

  void add_file(const std::string& path, const struct stat& info) {
    if (S_ISREG(info.st_mode) && info.st_nlink == 1 &&
        !seen_.insert({info.st_dev, info.st_ino}).second) {
      note_(path, "named twice: read once");
      return;
    }
    files.push_back(
        {path, static_cast<std::uint64_t>(std::max<off_t>(info.st_size, 0)),
         static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1000000000 + info.st_mtim.tv_nsec,
         S_ISREG(info.st_mode)});
  }

  bool add_pattern(const std::string& pattern) {
    ::glob_t found{};
    const bool any = ::glob(pattern.c_str(), 0, nullptr, &found) == 0;
    for (std::size_t i = 0; any && i < found.gl_pathc; ++i) add_named(found.gl_pathv[i]);
    ::globfree(&found);
    return any;
  }

  void walk(const std::string& folder, std::size_t depth) {
    struct stat here {};
    if (depth > kDeepest) {
      note_(folder, "folders nested deeper than " + std::to_string(kDeepest));
      return;
    }
    if (::stat(folder.c_str(), &here) == 0 && !folders_.insert({here.st_dev, here.st_ino}).second)
      return;
    const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
    if (open == nullptr) {
      note_(folder, std::string("cannot open the folder: ") + std::strerror(errno));
      return;
    }
    std::vector<std::string> names;
    while (const auto* entry = ::readdir(open.get())) {
      if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    }
    std::sort(names.begin(), names.end());
    std::string path = folder.ends_with('/') ? folder : folder + '/';
    const auto inside = path.size();
    for (const auto& name : names) {
      path.resize(inside);
      path += name;
      struct stat info {};
      if (::lstat(path.c_str(), &info) != 0) {
        note_(path, std::string("cannot look at it: ") + std::strerror(errno));
      } else if (S_ISDIR(info.st_mode)) {
        walk(path, depth + 1);
      } else if (S_ISREG(info.st_mode)) {
        add_file(path, info);
      } else {
        note_(path, S_ISLNK(info.st_mode) ? "a link, not followed: name it to have it read"
                                          : "no regular file");
      }
    }
  }

  const std::function<void(const std::string&, const std::string&)>& note_;
  std::set<Place> seen_;
  std::set<Place> folders_;
};

}  // namespace

std::vector<InputFile> find_inputs(
    const std::vector<std::string>& inputs,
    const std::function<void(const std::string&, const std::string&)>& note) {
  Finder finder(note);
  for (const auto& input : inputs) finder.add_named(input);
  return std::move(finder.files);
}

}  // namespace fihris::reader
