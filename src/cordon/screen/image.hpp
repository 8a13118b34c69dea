// How an index lies in memory and in a snapshot file: arrays of plain numbers and blocks of bytes, without
// pointers. Whatever the bytes of a file are, reading an image that image_error() accepts stays within it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/time.hpp"
#include "cordon/model/entity.hpp"
#include "cordon/names/pack.hpp"
#include "cordon/screen/postings.hpp"
#include "cordon/screen/subject.hpp"

namespace cordon::screen {

// One entity; the arrays end with one row more, so that the next row says where a row's own items end.
struct Row {
  std::uint64_t content = 0;    // content_hash()
  std::uint64_t record_at = 0;  // into records
  std::uint32_t first_name = 0, first_date = 0, first_country = 0, first_number = 0;
  std::uint32_t imo = 0, imo_company = 0, mmsi = 0;
  std::uint16_t flag = 0;
  std::int16_t build_year = 0;
  std::uint8_t party = 0;
  std::uint8_t gender = 0;  // 'm', 'f' or 0
  std::uint8_t spare[6] = {};
};

// One name: its block starts at kBlock * block; role and entity.
struct NameRow {
  std::uint32_t block = 0;
  std::uint32_t entity = 0;
};

struct Image {
  std::span<const Row> rows;
  std::span<const NameRow> names;
  std::span<const std::uint8_t> roles;  // by name
  std::string_view blocks;
  std::span<const names::Element> elements;
  std::span<const base::Date> dates;
  std::span<const std::uint16_t> countries;
  std::string_view numbers;  // of all entities: one byte of length before each
  std::string_view records;  // what Index::entity() gives back
  std::string_view words;    // names of properties, then source files: see image.cpp
  Postings by_name, by_number;

  std::size_t size() const { return rows.size() - 1; }
};

// Why the parts do not fit together; nullopt where they do.
std::optional<std::string_view> image_error(const Image& image);

// What names and facts are made from: schema, caption and properties; not the source.
std::uint64_t content_hash(const model::Entity& entity);
// A fast hash of bytes: against accidents, not against intent.
std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0);

// Words of an image: property names and source files, written once and numbered.
struct Words {
  std::vector<std::string_view> properties;  // interned
  std::vector<std::shared_ptr<const model::SourceFile>> sources;
};
std::string encode(const Words& words);
std::optional<Words> decode_words(std::string_view bytes);

// Entities as records. `property` and `source` give the number of a property's name and of a file.
class RecordWriter {
 public:
  void append(std::string& out, const model::Entity& entity);
  const Words& words() const { return words_; }

 private:
  std::uint64_t number(std::string_view property);
  std::uint64_t number(const std::shared_ptr<const model::SourceFile>& file);
  Words words_;
};
// nullopt where the bytes are no record of these words.
std::optional<model::Entity> decode_record(std::string_view bytes, const Words& words);

// The entity of a row as a subject whose names live in the image or in rooms of its own: for one thread, used
// again and again.
class EntryReader {
 public:
  // Only those names whose number passes; numbers (passport, ...) only where wanted.
  template <class Names>
  const Subject& read(const Image& image, std::uint32_t entity, const Names& wanted, bool numbers) {
    begin(image, entity, numbers);
    for (const std::uint32_t name : wanted) add(image, name);
    return subject_;
  }
  const Subject& read_all(const Image& image, std::uint32_t entity);

 private:
  void begin(const Image& image, std::uint32_t entity, bool numbers);
  void add(const Image& image, std::uint32_t name);
  struct Room {
    std::vector<names::Element> elements;
    names::NameForms forms;
  };
  Subject subject_;
  std::vector<std::unique_ptr<Room>> rooms_;
  std::size_t used_ = 0;
};

}  // namespace cordon::screen
