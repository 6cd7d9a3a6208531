// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compat.h - everything that differs between the supported Clang releases.
//
#ifndef HVCI_PLUGIN_COMPAT_H
#define HVCI_PLUGIN_COMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/Version.inc"

// What Clang finds in the plugin by its name; all else is hidden.
#if defined(_WIN32)
#define HVCI_EXPORT __declspec(dllexport)
#else
#define HVCI_EXPORT __attribute__((visibility("default")))
#endif

namespace hvci::compat {

/// The release that the plugin is built for, and the only one that it runs in.
inline constexpr unsigned ClangMajor = CLANG_VERSION_MAJOR;

/// In bits; the field is a bit-field.
inline unsigned bitWidth(const clang::FieldDecl *Field,
                         [[maybe_unused]] const clang::ASTContext &Context) {
#if CLANG_VERSION_MAJOR >= 20
  return Field->getBitWidthValue();
#else
  return Field->getBitWidthValue(Context);
#endif
}

/// What an engine takes in place of \p Options, which outlive it.
inline auto engineOptions(clang::DiagnosticOptions &Options)
#if CLANG_VERSION_MAJOR >= 21
    -> clang::DiagnosticOptions & {
  return Options;
}
#else
    -> llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> {
  return &Options; // which count their users themselves
}
#endif

/// One that pads: it takes no initialiser. Its name was spelt otherwise
/// before 19.
inline bool isUnnamedBitField(const clang::FieldDecl *Field) {
  return Field->isBitField() && !Field->getDeclName();
}

/// Whether an object of the type lies in writable memory once it has its first
/// value, whoever gives it that. As QualType::isNonConstantStorage, which came
/// with 17, has it when constructors are left out.
inline bool isStorageWritten(clang::QualType Type,
                             const clang::ASTContext &Context) {
  if (!Type.isConstant(Context) && !Type->isReferenceType())
    return true;
  const auto *Record = Context.getBaseElementType(Type)->getAsCXXRecordDecl();
  return Record &&
         (Record->hasMutableFields() || !Record->hasTrivialDestructor());
}

/// Whether Sema takes a variable of that type for one that nobody writes to,
/// whatever its type has that is mutable, and gives it no section of data.
inline bool trustsConst([[maybe_unused]] clang::QualType Type) {
#if CLANG_VERSION_MAJOR >= 17
  return false;
#else
  return Type.isConstQualified();
#endif
}

/// A symbol for what the call gives, of any type.
template <typename SymbolManager, typename CallEvent>
auto conjure(SymbolManager &Symbols, const CallEvent &Call,
             clang::QualType Type, unsigned Count) {
#if CLANG_VERSION_MAJOR >= 21
  return Symbols.conjureSymbol(Call.getCFGElementRef(),
                               Call.getLocationContext(), Type, Count);
#else
  return Symbols.conjureSymbol(Call.getOriginExpr(), Call.getLocationContext(),
                               Type, Count);
#endif
}

} // namespace hvci::compat

#endif
