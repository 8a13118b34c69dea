#include "cordon/screen/image.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace cordon::screen {
namespace {

static_assert(sizeof(Row) == 56 && std::has_unique_object_representations_v<Row>);
static_assert(sizeof(NameRow) == 8 && sizeof(base::Date) == 4);

void put(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}
void put(std::string& out, std::string_view text) {
  put(out, std::uint64_t{text.size()});
  out.append(text);
}

// Takes values off the front of bytes; once something is missing, good stays false and all is empty.
struct Taker {
  std::string_view bytes;
  bool good = true;

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    good = false;
    return 0;
  }
  std::string_view text() {
    const std::uint64_t size = number();
    if (size > bytes.size()) good = false;
    if (!good) return {};
    const std::string_view out = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return out;
  }
};

}  // namespace

std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) {
  // Four lanes of multiply and fold, so that a file of 20 MB takes two milliseconds.
  std::uint64_t lanes[4] = {seed ^ 0x9e3779b97f4a7c15u, seed ^ 0xbf58476d1ce4e5b9u,
                            seed ^ 0x94d049bb133111ebu, seed ^ 0xd6e8feb86659fd93u};
  const auto mix = [](std::uint64_t& lane, std::uint64_t word) {
    lane = (lane ^ word) * 0xff51afd7ed558ccdu;
    lane ^= lane >> 32;
  };
  std::uint64_t words[4];
  std::size_t i = 0;
  for (; i + sizeof words <= bytes.size(); i += sizeof words) {
    std::memcpy(words, bytes.data() + i, sizeof words);
    for (int k = 0; k < 4; ++k) mix(lanes[k], words[k]);
  }
  for (int k = 0; i < bytes.size(); i += 8, ++k) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, std::min<std::size_t>(8, bytes.size() - i));
    mix(lanes[k], word);
  }
  std::uint64_t all = bytes.size();
  for (const std::uint64_t lane : lanes) mix(all, lane);
  mix(all, 0);
  return all;
}

std::uint64_t content_hash(const model::Entity& entity) {
  std::uint64_t hash = hash_bytes(entity.caption, static_cast<std::uint64_t>(entity.schema));
  for (const model::Property& p : entity.properties) hash = hash_bytes(p.value, hash_bytes(p.name, hash));
  return hash;
}

std::string encode(const Words& words) {
  std::string out;
  put(out, std::uint64_t{words.properties.size()});
  for (const std::string_view name : words.properties) put(out, name);
  put(out, std::uint64_t{words.sources.size()});
  for (const auto& file : words.sources)
    put(out, file->dataset), put(out, file->file), put(out, file->version), put(out, file->format);
  return out;
}

std::optional<Words> decode_words(std::string_view bytes) {
  // Every name of a property is kept for the life of the program: a file must not fill the memory with them.
  constexpr std::uint64_t kMostProperties = 4096;
  Words words;
  Taker from{bytes};
  const std::uint64_t properties = from.number();
  if (properties > kMostProperties) return std::nullopt;
  for (std::uint64_t i = 0; i < properties && from.good; ++i)
    words.properties.push_back(model::intern(from.text()));
  const std::uint64_t sources = from.number();
  for (std::uint64_t i = 0; i < sources && from.good; ++i) {
    model::SourceFile file;
    file.dataset = from.text(), file.file = from.text();
    file.version = from.text(), file.format = from.text();
    words.sources.push_back(std::make_shared<const model::SourceFile>(std::move(file)));
  }
  if (!from.good || !from.bytes.empty()) return std::nullopt;
  return words;
}

std::uint64_t RecordWriter::number(std::string_view property) {
  // A few dozen names; property names are interned, so one address is one name.
  std::vector<std::string_view>& known = words_.properties;
  const auto at = std::find_if(known.begin(), known.end(),
                               [&](std::string_view k) { return k.data() == property.data(); });
  if (at != known.end()) return static_cast<std::uint64_t>(at - known.begin());
  known.push_back(property);
  return known.size() - 1;
}

std::uint64_t RecordWriter::number(const std::shared_ptr<const model::SourceFile>& file) {
  if (!file) return 0;
  auto& known = words_.sources;
  for (std::size_t i = known.size(); i-- > 0;)  // mostly the last one
    if (known[i] == file) return i + 1;
  known.push_back(file);
  return known.size();
}

void RecordWriter::append(std::string& out, const model::Entity& entity) {
  put(out, static_cast<std::uint64_t>(entity.schema));
  put(out, entity.id), put(out, entity.caption);
  put(out, number(entity.source.file)), put(out, entity.source.record), put(out, entity.source.line);
  put(out, std::uint64_t{entity.properties.size()});
  for (const model::Property& p : entity.properties) put(out, number(p.name)), put(out, p.value);
}

std::optional<model::Entity> decode_record(std::string_view bytes, const Words& words) {
  Taker from{bytes};
  model::Entity entity;
  const std::uint64_t schema = from.number();
  if (schema > static_cast<std::uint64_t>(model::Schema::Other)) return std::nullopt;
  entity.schema = static_cast<model::Schema>(schema);
  entity.id = from.text(), entity.caption = from.text();
  const std::uint64_t source = from.number();
  if (source > words.sources.size()) return std::nullopt;
  if (source > 0) entity.source.file = words.sources[source - 1];
  entity.source.record = from.text(), entity.source.line = from.number();
  const std::uint64_t count = from.number();
  if (!from.good || count > from.bytes.size()) return std::nullopt;
  entity.properties.reserve(count);
  for (std::uint64_t i = 0; i < count && from.good; ++i) {
    const std::uint64_t name = from.number();
    if (name >= words.properties.size()) return std::nullopt;
    entity.properties.push_back({words.properties[name], std::string(from.text())});
  }
  if (!from.good || !from.bytes.empty()) return std::nullopt;
  return entity;
}

std::optional<std::string_view> image_error(const Image& image) {
  if (image.rows.empty()) return "no row";
  const Row& last = image.rows.back();
  if (image.rows.front().first_name != 0 || last.first_name != image.names.size() ||
      last.first_date != image.dates.size() || last.first_country != image.countries.size() ||
      last.first_number != image.numbers.size() || last.record_at != image.records.size() ||
      image.roles.size() != image.names.size())
    return "rows and their parts differ in number";
  for (std::size_t i = 1; i < image.rows.size(); ++i) {
    const Row &a = image.rows[i - 1], &b = image.rows[i];
    if (a.first_name > b.first_name || a.first_date > b.first_date || a.first_country > b.first_country ||
        a.first_number > b.first_number || a.record_at > b.record_at ||
        a.party > static_cast<std::uint8_t>(Party::other))
      return "a row out of order";
    for (std::uint32_t n = a.first_name; n < b.first_name; ++n)
      if (image.names[n].entity != i - 1) return "a name of another entity";
  }
  for (const NameRow& name : image.names)
    if (std::size_t{name.block} * names::kBlock >= image.blocks.size()) return "a name outside of the names";
  for (const std::uint8_t role : image.roles)
    if (role > static_cast<std::uint8_t>(NameRole::previous)) return "a name of no known role";
  if (!image.by_name.sound(image.names.size()) || !image.by_number.sound(image.size()))
    return "a key that leads nowhere";
  return std::nullopt;
}

void EntryReader::begin(const Image& image, std::uint32_t entity, bool numbers) {
  const Row &row = image.rows[entity], &next = image.rows[entity + 1];
  used_ = 0;
  Subject& s = subject_;
  s.names.clear(), s.births.clear(), s.countries.clear(), s.numbers.clear();
  s.party = static_cast<Party>(row.party);
  s.gender = static_cast<char>(row.gender);
  s.imo = row.imo, s.imo_company = row.imo_company, s.mmsi = row.mmsi;
  s.flag = row.flag, s.build_year = row.build_year;
  const auto dates = image.dates.subspan(row.first_date, next.first_date - row.first_date);
  s.births.assign(dates.begin(), dates.end());
  const auto countries = image.countries.subspan(row.first_country, next.first_country - row.first_country);
  s.countries.assign(countries.begin(), countries.end());
  if (!numbers) return;
  std::string_view rest = image.numbers.substr(row.first_number, next.first_number - row.first_number);
  while (!rest.empty()) {
    const std::size_t size = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    s.numbers.emplace_back(rest.substr(0, size));
    rest.remove_prefix(std::min(size, rest.size()));
  }
}

void EntryReader::add(const Image& image, std::uint32_t name) {
  if (used_ == rooms_.size()) rooms_.push_back(std::make_unique<Room>());
  Room& room = *rooms_[used_];
  const std::string_view block = image.blocks.substr(std::size_t{image.names[name].block} * names::kBlock);
  if (!names::unpack(block, image.elements, room.elements, room.forms)) return;
  ++used_;
  subject_.names.push_back(
      {names::PreparedName::borrow(room.forms), static_cast<NameRole>(image.roles[name])});
}

const Subject& EntryReader::read_all(const Image& image, std::uint32_t entity) {
  begin(image, entity, true);
  for (std::uint32_t n = image.rows[entity].first_name; n < image.rows[entity + 1].first_name; ++n)
    add(image, n);
  return subject_;
}

}  // namespace cordon::screen
