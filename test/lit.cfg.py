"""How lit runs the tests. Paths come from the build's lit.site.cfg.py."""

import os

import lit.formats

config.name = "hvcilint"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".test"]
config.excludes = ["Inputs", "unit", "property", "corpus", "fuzz", "install"]
# What knows no release of LLVM runs with the newest, and sanitized.
if config.llvm != "22":
    config.excludes += ["tool", "integrations"]
if config.llvm == "19":  # the releases beside it run these, which take long
    config.excludes += ["docs", "compare.test", "gate"]
# What the tools of LLVM 16 cannot do, with any check: docs/clang-tidy.md.
if int(config.llvm) >= 19:
    config.available_features |= {
        "tidy-fixes-warnings-as-errors",  # clang-tidy --fix -warnings-as-errors=
        "run-tidy-warnings-as-errors",  # run-clang-tidy -warnings-as-errors=
    }
# What is slow, and no other release would change.
if config.llvm == "22":
    config.available_features.add("newest-llvm")
config.test_source_root = os.path.dirname(__file__)

inputs = os.path.join(config.test_source_root, "Inputs")
image_inputs = os.path.join(config.test_source_root, "image", "Inputs")
plugin = os.path.join(config.binary_root, "lib", "hvcilint.so")
if not os.path.exists(plugin):
    lit_config.fatal(f"no plugin at {plugin}: build first")

# The compilers run with warnings of their own off the record: what the tests
# expect are ours alone.
load = f"-Xclang -load -Xclang {plugin}"
quiet = "-Wno-deprecated-declarations"
cl = f"{config.clang_cl} -Werror=unknown-argument {quiet}"
if config.sanitize:
    # The commands of the pages, and the inputs of the rules under all hosts at once,
    # run nothing that other tests do not, and take long. What icecream ships has no
    # sanitizer's library.
    config.excludes += ["docs", "compare.test", "icecream.test"]
    config.environment["LD_PRELOAD"] = config.asan_runtime
    # Of the process only the plugin is instrumented: LLVM's own allocators mark
    # memory that they then fill unseen. A crash is to be one: tests make some. A test
    # loads two copies of the plugin, which have the same variables.
    config.environment["ASAN_OPTIONS"] = (
        "detect_leaks=0:allow_user_poisoning=0:handle_segv=0:detect_odr_violation=0")

# The same inputs through the front end that has the plugin in it.
if lit_config.params.get("front_end") == "hvcilint-cl":
    front_end = os.path.join(config.binary_root, "bin", "hvcilint-cl")
    cl, load = f"{front_end} -Werror=unknown-argument {quiet}", ""
    config.clang_cl = front_end
    config.test_exec_root = os.path.join(config.test_exec_root, "front-end")

clang = os.path.join(config.llvm_bin, "clang")
targets = {
    "x64": "x86_64-pc-windows-msvc",
    "x86": "i686-pc-windows-msvc",
    "arm64": "aarch64-pc-windows-msvc",
}
# Longest names first: lit replaces them in order.
for name, triple in targets.items():
    config.substitutions.append(
        (f"%hvci_cl_{name}", f"{cl} --target={triple} /Zs -imsvc {inputs}/km {load}"))
config.substitutions += [
    ("%hvci_analyze",
     f"{cl} --target={targets['x64']} --analyze -imsvc {inputs}/km {load} "
     "-Xclang -analyzer-checker=hvci"),
    ("%hvci_clang_mingw",
     f"{clang} --target=x86_64-w64-mingw32 -fsyntax-only {quiet} -fms-extensions "
     f"-isystem {inputs}/km -fplugin={plugin}"),
    ("%hvci_cl", f"{cl} --target={targets['x64']} /Zs -imsvc {inputs}/km {load}"),
    ("%plain_cl", f"{cl} --target={targets['x64']} -imsvc {inputs}/km"),
    ("%arg", "-Xclang -plugin-arg-hvcilint -Xclang"),
    ("%load", load),
    ("%plugin", plugin),
    ("%hvci_check", f"--hvcilint {os.path.join(config.binary_root, 'bin', 'hvcilint')} "
               f"--plugin {plugin} --km {inputs}/km --clang {clang} --work %t"),
    ("%hvcilint", os.path.join(config.binary_root, "bin", "hvcilint")),
    ("%driver", f"env PATH={config.newest_bin}:{os.environ['PATH']} "
                f"{config.python} {image_inputs}/driver.py"),
    ("%counters", f"{config.python} {image_inputs}/counters.py "
                  f"{os.path.join(config.binary_root, 'bin', 'hvcilint')}"),
    ("%status", f"{config.python} {config.test_source_root}/link/Inputs/status.py"),
    # %tidy SOURCE %tidy_args; with a path for SOURCE that clang-cl may take for an
    # option, the driver is Clang's own
    ("%run_clang_tidy", config.run_clang_tidy),
    ("%clang_tidy_binary", os.path.realpath(config.clang_tidy)),
    ("%tidy_args", f"-- --target={targets['x64']} {quiet} -isystem {inputs}/km"),
    ("%tidy", f"{config.clang_tidy} --quiet -load {plugin}"),
    ("%run_tidy", f"{config.python} {config.run_clang_tidy} "
                  f"-clang-tidy-binary {config.clang_tidy} "
                  f"-clang-apply-replacements-binary {config.apply_replacements} "
                  f"-load {plugin}"),
    ("%editor", f"{config.python} {config.test_source_root}/editor/protocol.py "
                f"--hvcilint {os.path.join(config.binary_root, 'bin', 'hvcilint')} "
                f"--clangd {config.clangd} --clang-cl {config.clang_cl} "
                f"--kit {inputs}/km --plugin {plugin} --nvim {config.nvim} "
                f"--build {config.source_root}/examples/build.sh"),
    ("%complete", f"{config.python} {config.test_source_root}/tool/Inputs/complete.py"),
    ("%bash", config.bash),
    ("%zsh", config.zsh),
    ("%man", config.man),
    ("%chromium", config.chromium),
    ("%chromedriver", config.chromedriver),
    ("%clang_cl", config.clang_cl),
    ("%clangd", config.clangd),
    ("%clang", clang),
    ("%other_clang", config.other_clangs[0]),
    ("%another_clang", config.other_clangs[1]),
    ("%lld_link", config.lld_link),
    ("%inputs", inputs),
    ("%checkers_dir", os.path.join(config.source_root, "checkers")),
    ("%source_root", config.source_root),
    ("%python", config.python),
    ("%sarif_valid", f"{config.python} -m jsonschema {config.sarif_schema} -i"),
    ("%llvm", config.llvm),
]
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_bin, os.environ["PATH"]])
