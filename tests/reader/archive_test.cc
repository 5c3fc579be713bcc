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

std::string little(std::uint32_t number, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i, number >>= 8) out += static_cast<char>(number & 255);
  return out;
}

/// A zip of one file that is stored as it is, with names in UTF-8.
std::string zip(const std::string& name, const std::string& bytes, std::uint32_t sum) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  const auto fields = little(20, 2) + little(0x800, 2) + little(0, 2) + little(0, 4) +
                      little(sum, 4) + little(size, 4) + little(size, 4) +
                      little(static_cast<std::uint32_t>(name.size()), 2) + little(0, 2);
  const auto local = "PK\x03\x04" + fields + name + bytes;
  const auto central =
      "PK\x01\x02" + little(20, 2) + fields + little(0, 6) + little(0, 4) + little(0, 4) + name;
  return local + central + "PK\x05\x06" + little(0, 4) + little(1, 2) + little(1, 2) +
         little(static_cast<std::uint32_t>(central.size()), 4) +
         little(static_cast<std::uint32_t>(local.size()), 4) + little(0, 2);
}

std::uint32_t checksum(const std::string& bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
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
  CHECK(read_bytes(wrong, "a.jsonl.gz").articles.size() == 1);
  const auto junk = read_bytes(packed + "junk", "a.jsonl.gz");
  CHECK(junk.articles.size() == 1);
  CHECK(junk.faults.size() == 1);
}

TEST_CASE("data that cannot be unpacked from their start on are damaged and no empty file") {
  const std::string rubbish(200, 'r');
  for (const auto& [mark, name] : {std::pair{std::string("\xFD\x37zXZ\0", 6), "a.jsonl.xz"},
                                   {std::string("BZh91AY&SY"), "a.jsonl.bz2"},
                                   {std::string("\x28\xB5\x2F\xFD"), "a.jsonl.zst"}}) {
    const std::string file = name;
    CAPTURE(file);
    const auto read = read_bytes(mark + rubbish, name);
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0].failed);
    CHECK(read.faults[0].message.starts_with("cannot unpack: "));
  }
}

TEST_CASE("members of a zip have their names, and a wrong checksum is told") {
  const auto good = read_bytes(zip("خبر.jsonl", kLine, checksum(kLine)), "a.zip");
  REQUIRE(good.articles.size() == 1);
  CHECK(good.origins[0].file.ends_with("a.zip:خبر.jsonl"));
  CHECK(good.faults.empty());
  const auto bad = read_bytes(zip("a.jsonl", kLine, checksum(kLine) + 1), "a.zip");
  REQUIRE(bad.faults.size() == 1);
  CHECK(bad.faults[0].failed);
  CHECK(bad.faults[0].message.starts_with("damaged: "));
  CHECK(bad.articles.size() == 1);
}

TEST_CASE("one layer is taken off, no more") {
  const auto tar = tar_member("in.tar", tar_member("a.jsonl", kLine)) + std::string(1024, '\0');
  for (const auto& bytes : {gzip(gzip(kLine)), tar}) {
    const auto read = read_bytes(bytes, "a.packed");
    CHECK(read.articles.empty());
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0].message == "packed more than once");
  }
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
