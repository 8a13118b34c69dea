#include "serve/position_wire.hpp"

#include <flatbuffers/flatbuffers.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "serve/test_state.hpp"

namespace cordon::serve {
namespace {

// Reads the arrays as the page does.
struct Read {
  std::uint32_t rows = 0, vessels = 0;
  double base = 0;
  std::vector<double> time;
  std::vector<float> lat, lon, sog, cog;
  std::vector<std::uint32_t> vessel, mmsi, first_row;
  nlohmann::json names;

  explicit Read(const std::string& bytes) {
    EXPECT_EQ(bytes.substr(0, 4), "CRDN");
    std::size_t at = 4;
    std::uint32_t version = 0;
    take(bytes, at, &version, 1);
    EXPECT_EQ(version, 1u);
    take(bytes, at, &rows, 1);
    take(bytes, at, &vessels, 1);
    take(bytes, at, &base, 1);
    column(bytes, at, time, rows);
    column(bytes, at, lat, rows);
    column(bytes, at, lon, rows);
    column(bytes, at, sog, rows);
    column(bytes, at, cog, rows);
    column(bytes, at, vessel, rows);
    column(bytes, at, mmsi, vessels);
    column(bytes, at, first_row, vessels);
    std::uint32_t length = 0;
    take(bytes, at, &length, 1);
    EXPECT_EQ(bytes.size(), at + length);
    names = nlohmann::json::parse(bytes.substr(at), nullptr, false);
    EXPECT_TRUE(names.is_array());
    EXPECT_EQ(names.size(), vessels);
  }

 private:
  template <class T>
  static void take(const std::string& bytes, std::size_t& at, T* to, std::size_t count) {
    ASSERT_LE(at + count * sizeof(T), bytes.size());
    std::memcpy(to, bytes.data() + at, count * sizeof(T));
    at += count * sizeof(T);
  }
  template <class T>
  static void column(const std::string& bytes, std::size_t& at, std::vector<T>& to, std::size_t count) {
    at = (at + 7) / 8 * 8;
    to.resize(count);
    if (count > 0) take(bytes, at, to.data(), count);
    at = (at + 7) / 8 * 8;
  }
};

Read ask(const PositionQuery& query) {
  const auto state = test_state();
  Response response;
  response.more = position_pieces(state, find_positions(*state, query));
  return Read(whole(response));
}

// Row by row over the table: slow and obvious.
std::vector<std::size_t> expected(const PositionTable& table, const PositionQuery& query) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (query.from && table.time[row] < *query.from) continue;
    if (query.to && table.time[row] > *query.to) continue;
    if (query.box && !query.box->contains({table.lat_e7[row], table.lon_e7[row]})) continue;
    const auto mmsi = table.mmsi[table.vessel[row]];
    if (!query.mmsi.empty() && std::find(query.mmsi.begin(), query.mmsi.end(), mmsi) == query.mmsi.end())
      continue;
    rows.push_back(row);
  }
  return rows;
}

void expect_same(const PositionQuery& query) {
  const auto state = test_state();
  const auto& table = state->positions;
  const auto rows = expected(table, query);
  const Read read = ask(query);
  ASSERT_EQ(read.rows, rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = rows[i];
    ASSERT_EQ(std::llround((read.base + read.time[i]) * 1000), table.time[row]);
    ASSERT_GE(read.time[i], 0);
    ASSERT_EQ(read.lat[i], static_cast<float>(table.lat_e7[row] * 1e-7));
    ASSERT_EQ(read.lon[i], static_cast<float>(table.lon_e7[row] * 1e-7));
    ASSERT_EQ(std::isnan(read.sog[i]), table.sog_dkn[row] == model::kSogNone);
    ASSERT_EQ(std::isnan(read.cog[i]), table.cog_ddeg[row] >= model::kCogNone);
    ASSERT_EQ(read.mmsi.at(read.vessel[i]), table.mmsi[table.vessel[row]]);
  }
  for (std::size_t v = 0; v < read.vessels; ++v) {
    ASSERT_EQ(read.vessel.at(read.first_row[v]), v);
    ASSERT_EQ(read.names[v]["mmsi"], read.mmsi[v]);
  }
}

// Rows that the record batches of an Arrow stream tell of; -1 where it is cut short or has no end. What the
// rows hold is read by pyarrow in python/tests/test_serve.py.
std::int64_t arrow_rows(std::string_view stream) {
  std::int64_t rows = 0;
  while (stream.size() >= 8) {
    std::uint32_t mark = 0, size = 0;
    std::memcpy(&mark, stream.data(), 4), std::memcpy(&size, stream.data() + 4, 4);
    if (mark != 0xFFFFFFFF || size % 8 != 0) return -1;
    if (size == 0) return stream.size() == 8 ? rows : -1;
    if (stream.size() < 8 + size) return -1;
    const auto* message = flatbuffers::GetRoot<flatbuffers::Table>(stream.data() + 8);
    const auto body = static_cast<std::size_t>(message->GetField<std::int64_t>(10, 0));
    if (message->GetField<std::uint8_t>(6, 0) == 3)
      rows += message->GetPointer<const flatbuffers::Table*>(8)->GetField<std::int64_t>(4, 0);
    if (body % 8 != 0 || stream.size() < 8 + size + body) return -1;
    stream.remove_prefix(8 + size + body);
  }
  return -1;
}

TEST(PositionWire, ArrowHoldsEveryRow) {
  const auto state = test_state();
  const auto stream = [&](const PositionQuery& query) {
    Response response;
    response.more = position_arrow(state, find_positions(*state, query));
    return whole(response);
  };
  EXPECT_EQ(arrow_rows(stream({})), static_cast<std::int64_t>(state->positions.size()));
  PositionQuery none;
  none.mmsi = {1};
  EXPECT_EQ(arrow_rows(stream(none)), 0);
  PositionQuery few;
  few.limit = 100;
  EXPECT_EQ(arrow_rows(stream(few)), static_cast<std::int64_t>(ask(few).rows));
}

TEST(PositionWire, HoldsEveryRow) {
  ASSERT_GT(test_state()->positions.size(), 50'000u);  // more than one piece a column
  expect_same({});
}

TEST(PositionWire, HoldsTheRowsAskedFor) {
  const auto& table = test_state()->positions;
  const auto middle = table.time[table.size() / 2];
  PositionQuery query;
  query.from = middle - base::kHour;
  query.to = middle + base::kHour;
  expect_same(query);
  query.box = parse_box("123,35,126,38").value();
  expect_same(query);
  query.from.reset();
  query.to.reset();
  expect_same(query);
  query.box.reset();
  query.mmsi = {table.mmsi.at(5), table.mmsi.at(3), 1, table.mmsi.at(5)};
  expect_same(query);
}

TEST(PositionWire, NothingFoundIsAnEmptyTable) {
  PositionQuery query;
  query.mmsi = {1};
  const Read read = ask(query);
  EXPECT_EQ(read.rows, 0u);
  EXPECT_EQ(read.vessels, 0u);
  query = {};
  query.from = base::parse_time("2100-01-01T00:00:00Z");
  EXPECT_EQ(ask(query).rows, 0u);
  query.from = base::parse_time("2024-02-07T00:00:00Z");
  query.to = base::parse_time("2024-02-06T00:00:00Z");
  EXPECT_EQ(ask(query).rows, 0u);
}

TEST(PositionWire, ThinningKeepsEveryVessel) {
  const auto& table = test_state()->positions;
  PositionQuery query;
  query.limit = 1000;
  const Read read = ask(query);
  EXPECT_EQ(read.vessels, table.mmsi.size());
  EXPECT_LE(read.rows, 1000 + table.mmsi.size());
  EXPECT_GT(read.rows, 900u);
  for (std::size_t i = 1; i < read.rows; ++i)
    if (read.vessel[i] == read.vessel[i - 1]) {
      EXPECT_LE(read.time[i - 1], read.time[i]);
    }
  query.box = parse_box("123,35,126,38").value();
  const auto all = expected(table, query).size();
  EXPECT_LE(ask(query).rows, std::min<std::size_t>(all, 1000) + table.mmsi.size());
}

}  // namespace
}  // namespace cordon::serve
