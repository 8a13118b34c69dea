#include "cordon/base/parquet.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "cordon/base/duckdb.hpp"

namespace cordon::base {
namespace {

class Parquet : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto db = DuckDb::open(); !db) GTEST_SKIP() << db.error().message;
    folder_ = std::filesystem::temp_directory_path() / ("cordon-parquet-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  std::filesystem::path made(const std::string& select) {
    const auto path = folder_ / "made [*].parquet";  // as a pattern this would name other files
    auto db = DuckDb::open();
    const auto done = db->run("COPY (" + select + ") TO " + sql_text(path.native()) +
                              " (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
    return path;
  }
  std::filesystem::path folder_;
};

const ParquetForm kPlaces = {
    "read_csv($source, header = true, auto_detect = false, columns = {name: 'VARCHAR', lat: 'DOUBLE', lon: "
    "'DOUBLE'})",
    "name, lat, lon"};

TEST_F(Parquet, IsReadAsTheCsvOfItsColumns) {
  const auto path = made(
      "SELECT TIMESTAMP_MS '2024-02-29 23:59:59.5' AS \"# a,time\", 9187629.0::DOUBLE AS imo, 1e-7::DOUBLE "
      "AS small, "
      "-123.4567891::DOUBLE AS lon, 1.5::FLOAT AS single, 'nan'::DOUBLE AS gone, NULL::INTEGER AS hole, "
      "'a \"b\", c' AS text, '' AS blank, [1, 2] AS list, 'x'::BLOB AS bytes, TIMESTAMPTZ '2024-01-01 "
      "09:00:00+09' AS zone");
  const auto text = read_file(path);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(
      *text,
      "a_time,imo,small,lon,single,gone,hole,text,blank,list,zone\n"
      "2024-02-29T23:59:59.500Z,9187629,0.000000100000000,-123.4567891,1.5,,,\"a \"\"b\"\", c\",,\"[1, 2]\","
      "2024-01-01T00:00:00.000Z\n");
}

TEST_F(Parquet, PointsAreColumnsWhereThereAreNoOthers) {
  const std::string point = "'POINT (127.25 -38.0000001)'::GEOMETRY AS geometry";
  EXPECT_EQ(read_file(made("SELECT 1 AS a, " + point)).value(), "a,lon,lat\n1,127.25,-38.0000001\n");
  EXPECT_EQ(read_file(made("SELECT 1 AS lat, 2 AS lon, " + point)).value(), "lat,lon\n1,2\n");
}

TEST_F(Parquet, RowsStayInTheirOrder) {
  std::string expected = "i\n", found;
  for (int i = 0; i < 100000; ++i) expected += std::to_string(i) + "\n";
  const auto path = made("SELECT i FROM range(100000) r(i)");
  ASSERT_TRUE(read_chunks(path, [&](std::string_view bytes) {
    found += bytes;
    return true;
  }));
  EXPECT_EQ(found, expected);
  // Who has enough is given no more.
  int pushed = 0;
  EXPECT_TRUE(read_chunks(path, [&](std::string_view) { return ++pushed < 2; }));
  EXPECT_EQ(pushed, 2);
}

TEST_F(Parquet, WhatIsWrittenIsReadBack) {
  const auto path = folder_ / "out.parquet";
  auto out = OutputFile::create(path);
  ASSERT_TRUE(out);
  auto writer = ParquetWriter::create(kPlaces, true, *out);
  ASSERT_TRUE(writer) << writer.error().message;
  const std::string text = "name,lat,lon\nx,1.5,2.25\n\"y, z\",,\n";
  for (const char c : text) ASSERT_TRUE(writer->write({&c, 1}));  // in pieces of any size
  ASSERT_TRUE(writer->finish());
  ASSERT_TRUE(out->commit());
  EXPECT_EQ(read_file(path).value(), text);
  auto db = DuckDb::open();
  const auto columns = db->columns("SELECT * FROM read_parquet(" + sql_text(path.native()) + ") LIMIT 0");
  EXPECT_EQ(columns->back().name, "geometry");
  EXPECT_EQ(columns->back().type, DuckType::geometry);  // so the file says what its bytes are
}

TEST_F(Parquet, TextOfAnotherFormFailsInOneLine) {
  auto out = OutputFile::create(folder_ / "out.parquet");
  auto writer = ParquetWriter::create(kPlaces, false, *out);
  ASSERT_TRUE(writer);
  std::string text = "name,lat,lon\n";
  for (int i = 0; i < 100000; ++i) text += "x,north,2\n";  // more than a pipe holds: nobody may wait for ever
  EXPECT_TRUE(writer->write(text));
  const auto done = writer->finish();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message.find('\n'), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.parquet"));
}

TEST_F(Parquet, BrokenFilesFailInOneLine) {
  const auto path = made("SELECT i, 'name ' || (i % 7) AS name, i / 7.0 AS x FROM range(5000) r(i)");
  std::string whole(std::filesystem::file_size(path), '\0');
  std::ifstream(path, std::ios::binary).read(whole.data(), static_cast<std::streamsize>(whole.size()));
  std::mt19937 random(1);
  const auto broken = folder_ / "broken.parquet";
  for (int round = 0; round < 30; ++round) {
    std::string bytes = whole;
    if (round < 10) {
      bytes.resize(4 + random() % (bytes.size() - 4));
    } else {  // the last bytes tell where all else is
      const std::size_t span = round < 20 ? 400 : bytes.size() - 4;
      for (int k = 0; k < 3; ++k) bytes[bytes.size() - 1 - random() % span] = static_cast<char>(random());
    }
    std::ofstream(broken, std::ios::binary) << bytes;
    if (const auto text = read_file(broken); !text) {
      EXPECT_TRUE(text.error().message.starts_with(broken.native() + ": ")) << text.error().message;
      EXPECT_EQ(text.error().message.find('\n'), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace cordon::base
