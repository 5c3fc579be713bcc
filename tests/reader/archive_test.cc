// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>
#include <zlib.h>

#include "reading.h"

using fihris::test::Folder;
using fihris::test::read_bytes;

namespace {

std::string gzip(std::string_view text) {
  z_stream z{};
  REQUIRE(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&z, text.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

/// A member of a tar (POSIX ustar).
std::string tar_member(const std::string& name, std::string_view bytes, char type = '0',
                       const std::string& link = {}) {
  std::string block(512, '\0');
  const auto put = [&](std::size_t at, const std::string& text) {
    block.replace(at, text.size(), text);
  };
  const auto octal = [](std::size_t number) {
    std::string digits(11, '0');
    for (std::size_t i = 11; i-- > 0; number /= 8) digits[i] = static_cast<char>('0' + number % 8);
    return digits;
  };
  put(0, name);
  put(100, "0000644");
  put(124, octal(bytes.size()));
  put(136, octal(0));
  block[156] = type;
  put(157, link);
  put(257, std::string("ustar\0", 6) + "00");
  put(148, "        ");
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  put(148, octal(sum).substr(5) + '\0');
  block += bytes;
  block.resize((block.size() + 511) / 512 * 512);
  return block;
}

const std::string kLine = "{\"id\":\"a\",\"text\":\"x\"}\n";

}  // namespace

TEST_CASE("gzip is unpacked whatever the name, and joined members are one text") {
  const std::string second = "{\"id\":\"b\",\"text\":\"y\"}\n";
  const auto read = read_bytes(gzip(kLine) + gzip(second), "a.jsonl.gz");
  CHECK(read.articles.size() == 2);
  CHECK(read.faults.empty());
  CHECK(read_bytes(gzip(kLine), "a.jsonl").articles.size() == 1);
  CHECK(read_bytes(kLine, "a.jsonl.gz").articles.size() == 1);
}

TEST_CASE(
    "gzip that is cut, damaged or wrongly summed is told as a failure; what is whole is read") {
  const auto packed = gzip(kLine);
  auto wrong = packed;
  wrong[wrong.size() - 8] ^= 1;
  for (const auto& bytes : {packed.substr(0, packed.size() - 5), wrong}) {
    const auto read = read_bytes(bytes, "a.jsonl.gz");
    REQUIRE(!read.faults.empty());
    CHECK(read.faults.back().failed);
    CHECK(read.articles.size() <= 1);
    REQUIRE(read.marks.size() <= 1);
    for (const auto& mark : read.marks) CHECK_FALSE(mark.complete);
  }
  const auto junk = read_bytes(packed + "junk", "a.jsonl.gz");
  CHECK(junk.articles.size() == 1);
  CHECK(junk.faults.size() == 1);
}

TEST_CASE("one layer is taken off, no more") {
  const auto read = read_bytes(gzip(gzip(kLine)), "a.jsonl.gz");
  CHECK(read.articles.empty());
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].message == "packed more than once");
}

TEST_CASE("data that grows beyond the bound by unpacking is stopped") {
  const auto bomb = gzip(std::string(100u << 20, ' '));
  const auto read = read_bytes(bomb, "a.jsonl.gz");
  CHECK(read.articles.empty());
  REQUIRE(!read.faults.empty());
  CHECK(read.faults.back().message.find("200 times") != std::string::npos);
}

TEST_CASE("of a tar the files are read; links and devices are told, and no name leads anywhere") {
  const auto tar = tar_member("../../evil.jsonl", kLine) +
                   tar_member("/abs.jsonl", "{\"id\":\"b\",\"text\":\"x\"}\n") +
                   tar_member("link.jsonl", "", '2', "/etc/passwd") +
                   tar_member("hard.jsonl", "", '1', "../../etc/passwd") +
                   tar_member("fifo", "", '6') + tar_member("folder/", "", '5') +
                   tar_member("c.csv", "id,text\nc,z\n") + std::string(1024, '\0');
  const Folder folder;
  for (const auto& [name, bytes] : {std::pair{"a.tar", tar}, {"a.tar.gz", gzip(tar)}}) {
    const std::string packed = name;
    CAPTURE(packed);
    const auto read = fihris::test::read_files({folder.file(name, bytes)});
    CHECK(read.articles.size() == 3);
    CHECK(read.faults.size() == 3);
    CHECK(read.origins[0].file.ends_with("evil.jsonl"));
  }
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/../../evil.jsonl"));
  fihris::ReaderOptions options;
  options.max_members = 2;
  const auto few = fihris::test::read_files({folder.file("b.tar", tar)}, options);
  CHECK(few.articles.size() == 2);
  CHECK(few.faults.back().failed);
}
