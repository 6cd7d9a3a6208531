# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# find_package(Hvcilint): hvcilint_enable(<target> ...), which has the sources of a
# driver's target judged while they compile.
#
#   hvcilint_enable(<target>
#     [ONLY <rule>...] [OFF <rule>...] [ERROR <rule>...]
#     [MIN_OS <release>] [CONFIG <file>]
#     [CERTAIN_ONLY] [UNKNOWN] [UNUSED_SUPPRESSIONS]
#     [RECORDS])
#
# The plugin is the one for the major release of the project's own Clang. With
# RECORDS each unit writes its record to hvcilint/<target>/ in the binary folder, and
# the target <target>-hvcilint judges the driver by them. Sources of C and C++ in
# the target's own folder, which are those that take the target's options.
#
#   hvcilint_check([CHECK <option>...] [GATE <option>...])
#
# makes the target hvcilint-check: `hvcilint check` on the compile database of the
# whole build, and `hvcilint gate` on what that finds, each with more options. Call it
# once; CMAKE_EXPORT_COMPILE_COMMANDS has to be on before the first target is made.
#
# Hvcilint_RELEASES is the list of LLVM releases that there are plugins for,
# Hvcilint_COMMAND the command hvcilint.

get_filename_component(_hvcilint_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." REALPATH)
set(Hvcilint_PLUGIN_FOLDER "${_hvcilint_prefix}/lib/hvcilint")

set(Hvcilint_RELEASES "")
file(GLOB _hvcilint_plugins RELATIVE "${Hvcilint_PLUGIN_FOLDER}"
     "${Hvcilint_PLUGIN_FOLDER}/*/hvcilint.so")
foreach(_hvcilint_plugin IN LISTS _hvcilint_plugins)
  get_filename_component(_hvcilint_release "${_hvcilint_plugin}" DIRECTORY)
  list(APPEND Hvcilint_RELEASES "${_hvcilint_release}")
endforeach()
list(SORT Hvcilint_RELEASES COMPARE NATURAL)

# The newest, as `bin/hvcilint` is; a package of one release may lack that link.
set(Hvcilint_COMMAND "${_hvcilint_prefix}/bin/hvcilint${CMAKE_HOST_EXECUTABLE_SUFFIX}")
if(NOT EXISTS "${Hvcilint_COMMAND}" AND Hvcilint_RELEASES)
  list(GET Hvcilint_RELEASES -1 _hvcilint_release)
  string(PREPEND _hvcilint_release "${_hvcilint_prefix}/bin/hvcilint-")
  set(Hvcilint_COMMAND "${_hvcilint_release}${CMAKE_HOST_EXECUTABLE_SUFFIX}")
endif()

# The plugin for the project's compiler of that language.
function(_hvcilint_plugin out language)
  set(compiler "${CMAKE_${language}_COMPILER_ID}")
  set(version "${CMAKE_${language}_COMPILER_VERSION}")
  if(NOT compiler STREQUAL "Clang")
    message(FATAL_ERROR
      "hvcilint_enable: the compiler of ${language} is ${compiler} "
      "(${CMAKE_${language}_COMPILER}); hvcilint needs Clang, such as clang-cl or clang")
  endif()
  string(REGEX MATCH "^[0-9]+" release "${version}")
  set(plugin "${Hvcilint_PLUGIN_FOLDER}/${release}/hvcilint.so")
  if(NOT EXISTS "${plugin}")
    list(JOIN Hvcilint_RELEASES ", " releases)
    message(FATAL_ERROR
      "hvcilint_enable: the compiler of ${language} is Clang ${release} "
      "(${CMAKE_${language}_COMPILER}), and there is no ${plugin}; "
      "there are plugins for Clang ${releases}")
  endif()
  set(${out} "${plugin}" PARENT_SCOPE)
endfunction()

# Options of cc1, which clang and clang-cl hand on alike. They are one string for
# each, or CMake would leave out what it takes for repeated.
function(_hvcilint_options out plugin)
  set(options "SHELL:-Xclang -load -Xclang \"${plugin}\"")
  foreach(argument IN LISTS ARGN)
    list(APPEND options
         "SHELL:-Xclang -plugin-arg-hvcilint -Xclang \"${argument}\"")
  endforeach()
  set(${out} "${options}" PARENT_SCOPE)
endfunction()

# Each source's record has a name of its own; a source in a generator expression has
# none before the build is written.
function(_hvcilint_records target)
  get_target_property(sources ${target} SOURCES)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/hvcilint/${target}")
  file(MAKE_DIRECTORY "${folder}")
  set(records "")
  foreach(source IN LISTS sources)
    if(source MATCHES "^\\$<")
      message(FATAL_ERROR "hvcilint_enable: ${target}: RECORDS needs sources that "
                          "are no generator expressions: ${source}")
    endif()
    get_source_file_property(taken "${source}" HVCILINT_RECORD)
    if(taken)
      message(FATAL_ERROR "hvcilint_enable: ${target}: ${source} writes its record "
                          "for another target already; give RECORDS to one")
    endif()
    get_filename_component(extension "${source}" LAST_EXT)
    if(NOT extension MATCHES "^\\.(c|cc|cpp|cxx|c\\+\\+|C)$")
      continue()
    endif()
    get_filename_component(path "${source}" ABSOLUTE)
    get_filename_component(name "${source}" NAME)
    string(MD5 sum "${path}")
    string(SUBSTRING "${sum}" 0 8 sum)
    set(record "${folder}/${name}-${sum}.hvci")
    _hvcilint_options(options "" "record=${record}")
    list(REMOVE_AT options 0) # the plugin is the target's
    string(REPLACE "SHELL:" "" options "${options}")
    set_property(SOURCE "${source}" APPEND_STRING PROPERTY
                 COMPILE_FLAGS " ${options}")
    set_property(SOURCE "${source}" APPEND PROPERTY OBJECT_OUTPUTS "${record}")
    set_property(SOURCE "${source}" PROPERTY HVCILINT_RECORD "${record}")
    list(APPEND records "${record}")
  endforeach()
  set(arguments "")
  foreach(argument IN LISTS ARGN)
    if(NOT argument MATCHES "^(unknown|unused-suppressions)$")
      list(APPEND arguments "--${argument}")
    endif()
  endforeach()
  add_custom_target(${target}-hvcilint
    COMMAND "${Hvcilint_COMMAND}" link ${arguments} ${records}
    COMMENT "Judging ${target} by its records" VERBATIM)
  add_dependencies(${target}-hvcilint ${target})
endfunction()

function(hvcilint_enable target)
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "CERTAIN_ONLY;UNKNOWN;UNUSED_SUPPRESSIONS;RECORDS" "MIN_OS;CONFIG"
    "ONLY;OFF;ERROR")
  if(NOT TARGET ${target})
    message(FATAL_ERROR "hvcilint_enable: '${target}' is no target")
  endif()
  if(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR
      "hvcilint_enable: unknown, or without a value: ${arg_UNPARSED_ARGUMENTS} "
      "${arg_KEYWORDS_MISSING_VALUES}; allowed are ONLY, OFF and ERROR with rules, "
      "MIN_OS with a release, CONFIG with a file, CERTAIN_ONLY, UNKNOWN, "
      "UNUSED_SUPPRESSIONS and RECORDS")
  endif()
  set(arguments "")
  foreach(list ONLY OFF ERROR)
    if(arg_${list})
      string(TOLOWER ${list} name)
      list(JOIN arg_${list} "," rules)
      list(APPEND arguments "${name}=${rules}")
    endif()
  endforeach()
  if(arg_MIN_OS)
    list(APPEND arguments "min-os=${arg_MIN_OS}")
  endif()
  if(arg_CONFIG)
    get_filename_component(config "${arg_CONFIG}" ABSOLUTE)
    if(NOT EXISTS "${config}")
      message(FATAL_ERROR "hvcilint_enable: CONFIG: no such file: ${config}")
    endif()
    list(APPEND arguments "config=${config}")
  endif()
  foreach(flag CERTAIN_ONLY UNKNOWN UNUSED_SUPPRESSIONS)
    if(arg_${flag})
      string(TOLOWER ${flag} name)
      string(REPLACE "_" "-" name ${name})
      list(APPEND arguments ${name})
    endif()
  endforeach()

  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  set(enabled "")
  foreach(language C CXX)
    if(NOT language IN_LIST languages)
      continue()
    endif()
    list(APPEND enabled ${language})
    _hvcilint_plugin(plugin ${language})
    _hvcilint_options(options "${plugin}" ${arguments})
    foreach(option IN LISTS options)
      string(REPLACE "SHELL:" "" option "${option}")
      target_compile_options(${target} PRIVATE
        "$<$<COMPILE_LANGUAGE:${language}>:SHELL:${option}>")
    endforeach()
    # What was compiled with another plugin or configuration is compiled anew.
    set_property(TARGET ${target} APPEND PROPERTY
                 HVCILINT_DEPENDS "${plugin}" ${config})
  endforeach()
  if(NOT enabled)
    message(FATAL_ERROR "hvcilint_enable: the project enables neither C nor C++")
  endif()
  get_target_property(sources ${target} SOURCES)
  get_target_property(depends ${target} HVCILINT_DEPENDS)
  list(REMOVE_DUPLICATES depends)
  foreach(source IN LISTS sources)
    if(NOT source MATCHES "^\\$<")
      set_property(SOURCE "${source}" APPEND PROPERTY OBJECT_DEPENDS "${depends}")
    endif()
  endforeach()
  if(arg_RECORDS)
    _hvcilint_records(${target} ${arguments})
  endif()
endfunction()

function(hvcilint_check)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "CHECK;GATE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "hvcilint_check: unknown: ${arg_UNPARSED_ARGUMENTS}; allowed "
                        "are CHECK and GATE with options")
  endif()
  if(NOT CMAKE_EXPORT_COMPILE_COMMANDS)
    message(FATAL_ERROR "hvcilint_check: set CMAKE_EXPORT_COMPILE_COMMANDS to ON "
                        "before the first target")
  endif()
  set(output "${CMAKE_BINARY_DIR}/hvcilint")
  add_custom_target(hvcilint-check
    COMMAND "${Hvcilint_COMMAND}" check -p "${CMAKE_BINARY_DIR}" --output "${output}"
            ${arg_CHECK}
    COMMAND "${Hvcilint_COMMAND}" gate "${output}" ${arg_GATE}
    COMMENT "Checking all units" USES_TERMINAL VERBATIM)
endfunction()
