# Files are assembled into the program with .incbin, so that one binary runs with nothing beside it.
# base/resource.hpp is the reading side; CORDON_DATA names a folder that overrides it.

# embed_sources(out function "name folder"...): writes OUT.S and OUT.cpp; the latter defines cordon::base::FUNCTION(),
# the files sorted by name. A file keeps its date where its text has not changed.
function(embed_sources out function)
  get_filename_component(target ${out} NAME)
  set(asm "#if defined(__ELF__)\n.section .note.GNU-stack,\"\",%progbits\n#endif\n.section .rodata\n")
  set(index "#include \"cordon/base/resource.hpp\"\n#include <cstddef>\nextern \"C\" {\n")
  set(rows "")
  set(n 0)
  set(named ${ARGN})
  list(SORT named)  # a blank sorts before every name character
  foreach(entry IN LISTS named)
    string(REPLACE " " ";" entry "${entry}")
    list(GET entry 0 file)
    list(GET entry 1 dir)
    set(symbol ${target}_${n})
    string(APPEND asm ".balign 16\n.global ${symbol}\n${symbol}:\n.incbin \"${dir}/${file}\"\n"
                      ".global ${symbol}_end\n${symbol}_end:\n.byte 0\n")
    string(APPEND index "extern const char ${symbol}[], ${symbol}_end[];\n")
    string(APPEND rows "    {\"${file}\", {${symbol}, static_cast<size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR n "${n} + 1")
  endforeach()
  string(APPEND index "}\nnamespace cordon::base {\nstd::span<const Resource> ${function}() {\n"
                      "  static const Resource all[] = {\n${rows}    {{}, {}}};\n  return {all, ${n}};\n}\n}\n")
  file(CONFIGURE OUTPUT ${out}.S CONTENT "${asm}" @ONLY)
  file(CONFIGURE OUTPUT ${out}.cpp CONTENT "${index}" @ONLY)
endfunction()

# embed_data(target "prefix folder"...): every file under the folders, and the web page.
function(embed_data target)
  set(depends "")
  set(named "")
  foreach(entry IN LISTS ARGN)
    string(REPLACE " " ";" entry "${entry}")
    list(GET entry 0 root)
    list(GET entry 1 below)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${root} ${root}/${below}/*)
    list(FILTER files EXCLUDE REGEX "\\.md$")
    foreach(file IN LISTS files)
      list(APPEND named "${file} ${root}")
      list(APPEND depends ${root}/${file})
    endforeach()
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/embed/${target})
  embed_sources(${out} embedded_resources ${named})
  page_sources(page)
  add_library(${target} STATIC ${out}.S ${out}.cpp ${page})
  target_link_libraries(${target} PUBLIC cordon_options)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  set_source_files_properties(${out}.S PROPERTIES OBJECT_DEPENDS "${depends}")
endfunction()
