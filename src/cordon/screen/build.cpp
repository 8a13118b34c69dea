// Index::build and Index::update: names prepared on all cores, packed in the order of the entities.
#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "cordon/base/parallel.hpp"
#include "cordon/screen/index_data.hpp"
#include "cordon/screen/keys.hpp"

namespace cordon::screen {
namespace {

// Memory of an image that is built and not mapped.
struct Parts {
  std::vector<Row> rows;
  std::vector<NameRow> names;
  std::vector<std::uint8_t> roles;
  std::string blocks;
  names::ElementTable table;
  std::vector<base::Date> dates;
  std::vector<std::uint16_t> countries;
  std::string numbers, records, words;
  PostingArrays by_name, by_number;

  // Room for `all` entities like the first `done`.
  void reserve(std::size_t all, std::size_t done) {
    const auto grown = [&](auto& part) { part.reserve(part.size() * all / done + part.size() / 8); };
    grown(names), grown(roles), grown(blocks), grown(records), grown(numbers);
  }

  Image view() const {
    return {rows,      names,   roles,   blocks, table.elements(), dates,
            countries, numbers, records, words,  by_name.view(),   by_number.view()};
  }
};

// A run of entities prepared by one thread. Numbers and places count from the start of the range.
struct Range {
  std::size_t begin = 0;
  Parts parts;
  std::size_t prepared = 0;
};

// Entities of an older index by their content.
class Known {
 public:
  Known(const Image* image, const Words* words) : image_(image), words_(words) {
    if (!image_) return;
    rows_.reserve(image_->size());
    for (std::uint32_t i = 0; i < image_->size(); ++i) rows_.emplace(image_->rows[i].content, i);
  }
  // The row of an entity made of the same schema, caption and properties.
  const Row* find(const model::Entity& entity, std::uint64_t content) const {
    const auto at = rows_.find(content);
    if (at == rows_.end()) return nullptr;
    const Row* row = &image_->rows[at->second];
    const auto record = image_->records.substr(row->record_at, row[1].record_at - row->record_at);
    const auto old = decode_record(record, *words_);
    const auto same = [](const model::Property& a, const model::Property& b) {
      return a.name == b.name && a.value == b.value;
    };
    if (!old || old->schema != entity.schema || old->caption != entity.caption ||
        !std::equal(old->properties.begin(), old->properties.end(), entity.properties.begin(),
                    entity.properties.end(), same))
      return nullptr;
    return row;
  }
  const Image* image() const { return image_; }

 private:
  const Image* image_;
  const Words* words_;
  std::unordered_map<std::uint64_t, std::uint32_t> rows_;
};

// Whether the image was made of these entities and no others, in this order: it writes them the same way.
bool holds(const Image& image, std::span<const model::Entity> entities) {
  if (image.size() != entities.size()) return false;
  RecordWriter writer;
  std::string record;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    record.clear();
    writer.append(record, entities[i]);
    const auto& row = image.rows[i];
    if (image.records.substr(row.record_at, image.rows[i + 1].record_at - row.record_at) != record)
      return false;
  }
  return encode(writer.words()) == image.words;
}

void add_name(Parts& parts, std::size_t block, NameRole role) {
  parts.names.push_back({static_cast<std::uint32_t>(block / names::kBlock), 0});
  parts.roles.push_back(static_cast<std::uint8_t>(role));
}

Row next_row(const Parts& parts, std::uint64_t content) {
  Row row;
  row.content = content;
  row.first_name = static_cast<std::uint32_t>(parts.names.size());
  row.first_date = static_cast<std::uint32_t>(parts.dates.size());
  row.first_country = static_cast<std::uint32_t>(parts.countries.size());
  row.first_number = static_cast<std::uint32_t>(parts.numbers.size());
  return row;
}

void prepare(Parts& parts, const model::Entity& entity, std::uint64_t content) {
  Row row = next_row(parts, content);
  const Subject s = model::is_party(entity.schema) ? subject_of(entity) : Subject{};
  row.imo = s.imo, row.imo_company = s.imo_company, row.mmsi = s.mmsi;
  row.flag = s.flag, row.build_year = s.build_year;
  row.party = static_cast<std::uint8_t>(s.party), row.gender = static_cast<std::uint8_t>(s.gender);
  for (const SubjectName& name : s.names) {
    add_name(parts, parts.blocks.size(), name.role);
    names::pack(name.name.forms(), parts.table, parts.blocks);
  }
  parts.dates.insert(parts.dates.end(), s.births.begin(), s.births.end());
  parts.countries.insert(parts.countries.end(), s.countries.begin(), s.countries.end());
  for (const std::string& number : s.numbers) {
    if (number.size() > 255) continue;  // no number of a document is that long
    parts.numbers.push_back(static_cast<char>(number.size()));
    parts.numbers += number;
  }
  parts.rows.push_back(row);
}

// False where a block of the older index cannot be read; nothing is added then.
bool reuse(Parts& parts, const Image& from, const Row* old, std::vector<std::uint32_t>& renumbered) {
  Row row = next_row(parts, old->content);
  const std::size_t blocks = parts.blocks.size();
  for (std::uint32_t n = old->first_name; n < old[1].first_name; ++n) {
    add_name(parts, parts.blocks.size(), static_cast<NameRole>(from.roles[n]));
    const auto block = from.blocks.substr(std::size_t{from.names[n].block} * names::kBlock);
    if (!names::repack(block, from.elements, renumbered, parts.table, parts.blocks)) {
      parts.names.resize(row.first_name), parts.roles.resize(row.first_name), parts.blocks.resize(blocks);
      return false;
    }
  }
  row.imo = old->imo, row.imo_company = old->imo_company, row.mmsi = old->mmsi;
  row.flag = old->flag, row.build_year = old->build_year;
  row.party = old->party, row.gender = old->gender;
  const auto copy = [](auto& to, const auto& all, std::uint32_t begin, std::uint32_t end) {
    to.insert(to.end(), all.begin() + begin, all.begin() + end);
  };
  copy(parts.dates, from.dates, old->first_date, old[1].first_date);
  copy(parts.countries, from.countries, old->first_country, old[1].first_country);
  copy(parts.numbers, from.numbers, old->first_number, old[1].first_number);
  parts.rows.push_back(row);
  return true;
}

// Of the entities from `first` on, `count` of them.
std::vector<Range> prepare_all(std::span<const model::Entity> entities, std::size_t first, std::size_t count,
                               const Known& known) {
  std::vector<Range> ranges;
  std::mutex guard;
  base::parallel_for(count, 64, [&](std::size_t from, std::size_t to) {
    const std::size_t begin = first + from, end = first + to;
    Range range;
    range.begin = begin;
    std::vector<std::uint32_t> renumbered;
    if (known.image()) renumbered.assign(known.image()->elements.size(), names::ElementTable::kNone);
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint64_t content = content_hash(entities[i]);
      const Row* old = known.find(entities[i], content);
      if (old && reuse(range.parts, *known.image(), old, renumbered)) continue;
      prepare(range.parts, entities[i], content);
      ++range.prepared;
    }
    const std::lock_guard lock(guard);
    ranges.push_back(std::move(range));
  });
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
  return ranges;
}

// The next ranges joined to those before, their names packed with one table.
void join(std::span<const Range> ranges, Parts& all) {
  for (const Range& range : ranges) {
    const Parts& parts = range.parts;
    const Row start = next_row(all, 0);
    std::vector<std::uint32_t> renumbered(parts.table.elements().size(), names::ElementTable::kNone);
    std::size_t row = 0;
    for (std::size_t n = 0; n < parts.names.size(); ++n) {
      while (row + 1 < parts.rows.size() && parts.rows[row + 1].first_name <= n) ++row;
      add_name(all, all.blocks.size(), static_cast<NameRole>(parts.roles[n]));
      all.names.back().entity = static_cast<std::uint32_t>(range.begin + row);
      names::repack(std::string_view(parts.blocks).substr(std::size_t{parts.names[n].block} * names::kBlock),
                    parts.table.elements(), renumbered, all.table, all.blocks);
    }
    for (std::size_t i = 0; i < parts.rows.size(); ++i) {
      Row& added = all.rows[range.begin + i];
      const std::uint64_t record = added.record_at;
      added = parts.rows[i];
      added.record_at = record;
      added.first_name += start.first_name, added.first_date += start.first_date;
      added.first_country += start.first_country, added.first_number += start.first_number;
    }
    all.dates.insert(all.dates.end(), parts.dates.begin(), parts.dates.end());
    all.countries.insert(all.countries.end(), parts.countries.begin(), parts.countries.end());
    all.numbers += parts.numbers;
  }
}

void add_postings(Parts& parts) {
  const Image image = parts.view();
  PostingsBuilder by_name, by_number;
  base::parallel_for(image.names.size(), 256, [&](std::size_t begin, std::size_t end) {
    std::vector<PostingsBuilder::Pair> pairs;
    std::vector<names::Element> room;
    std::vector<Key> keys;
    names::NameForms forms;
    for (std::size_t n = begin; n < end; ++n) {
      const auto block = image.blocks.substr(std::size_t{image.names[n].block} * names::kBlock);
      if (!names::unpack(block, image.elements, room, forms)) continue;
      keys.clear();
      add_keys(names::PreparedName::borrow(forms), false, keys);
      std::sort(keys.begin(), keys.end());
      keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
      const auto party = static_cast<Party>(image.rows[image.names[n].entity].party);
      for (const Key key : keys) pairs.push_back({key_of_party(key, party), static_cast<std::uint32_t>(n)});
    }
    by_name.add(pairs);
  });
  EntryReader reader;
  std::vector<Key> keys;
  std::vector<PostingsBuilder::Pair> pairs;
  for (std::uint32_t i = 0; i < image.size(); ++i) {
    keys.clear();
    number_keys(reader.read(image, i, std::span<const std::uint32_t>{}, true), keys);
    for (const Key key : keys) pairs.push_back({key, i});
  }
  by_number.add(pairs);
  parts.by_name = by_name.build();
  parts.by_number = by_number.build();
}

}  // namespace

class Index::Builder {
  static constexpr std::size_t kAtOnce = 2048;  // entities

 public:
  // `release` is emptied as the entities are taken over, so that there is never much of both.
  static Index make(std::span<const model::Entity> entities, const Index* before,
                    std::vector<model::Entity>* release) {
    const auto parts = std::make_shared<Parts>();
    const Known known(before ? &before->data_->image : nullptr, before ? &before->data_->words : nullptr);
    std::size_t prepared = 0;
    RecordWriter writer;
    parts->rows.resize(entities.size() + 1);
    for (std::size_t first = 0; first < entities.size(); first += kAtOnce) {
      const std::size_t end = std::min(entities.size(), first + kAtOnce);
      for (std::size_t i = first; i < end; ++i) {
        parts->rows[i].record_at = parts->records.size();
        writer.append(parts->records, entities[i]);
      }
      const std::vector<Range> ranges = prepare_all(entities, first, end - first, known);
      for (const Range& range : ranges) prepared += range.prepared;
      join(ranges, *parts);
      if (first == 0) parts->reserve(entities.size(), end);
      if (release)
        for (std::size_t i = first; i < end; ++i) (*release)[i] = {};
    }
    if (release) std::vector<model::Entity>().swap(*release);
    parts->words = encode(writer.words());
    parts->rows.back() = next_row(*parts, 0);
    parts->rows.back().record_at = parts->records.size();
    add_postings(*parts);
    Index made = over(parts->view(), parts);
    made.data_->prepared = prepared;
    return made;
  }
};

Index Index::build(std::span<const model::Entity> entities) {
  return Builder::make(entities, nullptr, nullptr);
}
Index Index::build(std::vector<model::Entity>&& entities) {
  return Builder::make(entities, nullptr, &entities);
}
Index Index::update(const Index& before, std::span<const model::Entity> entities) {
  if (holds(before.image(), entities)) return over(before.image(), before.data_->memory);
  return Builder::make(entities, &before, nullptr);
}

}  // namespace cordon::screen
