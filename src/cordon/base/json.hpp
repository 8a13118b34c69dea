// A JSON writer for output paths: appends to a string, keeps commas and nesting, escapes control characters,
// and replaces invalid UTF-8, so that what leaves is always valid JSON. Reading is simdjson's or nlohmann's
// work.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::base {

// With the surrounding quotes.
void append_json_string(std::string& out, std::string_view text);
// Shortest form that reads back to the same double; "null" for NaN and infinities.
void append_json_number(std::string& out, double value);
// Fixed decimals with trailing zeros removed: 1.50 -> 1.5, 2.00 -> 2.
void append_json_fixed(std::string& out, double value, int decimals);

// JsonWriter json(line); json.begin_object(); json.key("id"); json.value("x"); json.end_object();
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool flag);
  void value(std::int64_t number);
  void value(std::uint64_t number);
  void value(int number) { value(static_cast<std::int64_t>(number)); }
  void value(unsigned number) { value(static_cast<std::uint64_t>(number)); }
  void value(double number);
  void fixed(double number, int decimals);
  void null();
  void raw(std::string_view json);  // already JSON
  template <class T>
  void field(std::string_view name, const T& v) {
    key(name);
    value(v);
  }
  void fixed_field(std::string_view name, double v, int decimals) {
    key(name);
    fixed(v, decimals);
  }

 private:
  void open(char c);
  void close(char c);
  void comma();
  std::string& out_;
  bool need_comma_ = false;
};

}  // namespace cordon::base
