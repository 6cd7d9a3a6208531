// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Callee.cpp - what a call calls, as the catalogue names it.
//
#include "Callee.h"

#include "hvci/catalogue.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace hvci {

bool isAtFileScope(const FunctionDecl *Function) {
  return Function->getDeclContext()->getRedeclContext()->isTranslationUnit();
}

// The row of the method, of the interface that first declares it.
static const hvci_ddi *rowOfMethod(const CXXMethodDecl *Method) {
  for (;;) {
    if (!Method->getIdentifier() || !Method->getParent()->getIdentifier())
      return nullptr;
    std::string Name =
        (Method->getParent()->getName() + "::" + Method->getName()).str();
    if (const hvci_ddi *Row = hvci_ddi_find(Name.c_str()))
      return Row;
    if (Method->size_overridden_methods() == 0)
      return nullptr;
    Method = *Method->begin_overridden_methods();
  }
}

// The kind of memory that an allocation function's parameter chooses.
static StringRef poolParameter(QualType Type) {
  if (const auto *Enum = Type->getAs<EnumType>())
    if (Enum->getDecl()->getName() == "_POOL_TYPE")
      return "POOL_TYPE";
  for (const auto *Typedef = Type->getAs<TypedefType>(); Typedef;
       Typedef = Typedef->desugar()->getAs<TypedefType>())
    if (Typedef->getDecl()->getName() == "POOL_FLAGS")
      return "POOL_FLAGS";
  return {};
}

// The row of an operator new by its first parameter behind the size.
static const hvci_ddi *rowOfNew(const FunctionDecl *Operator) {
  StringRef Kind = Operator->getNumParams() < 2
                       ? StringRef()
                       : poolParameter(Operator->getParamDecl(1)->getType());
  bool Array = Operator->getOverloadedOperator() == OO_Array_New;
  if (Kind.empty())
    return nullptr;
  return hvci_ddi_find(
      (Twine("operator new") + (Array ? "[](" : "(") + Kind + ")")
          .str()
          .c_str());
}

static const hvci_ddi *rowOfFunction(const FunctionDecl *Function) {
  OverloadedOperatorKind Operator = Function->getOverloadedOperator();
  if (Operator == OO_New || Operator == OO_Array_New)
    return rowOfNew(Function);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function))
    return rowOfMethod(Method);
  if (!Function->getIdentifier() || !isAtFileScope(Function))
    return nullptr;
  return hvci_ddi_find(Function->getName().str().c_str());
}

// A COM call in C: a member of the interface's table of functions.
static const hvci_ddi *rowOfTableMethod(const MemberExpr *Member) {
  const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
  if (!Field || !Field->getIdentifier())
    return nullptr;
  StringRef Table = Field->getParent()->getName();
  if (!Table.consume_back("Vtbl"))
    return nullptr;
  return hvci_ddi_find((Table + "::" + Field->getName()).str().c_str());
}

std::string nameOf(const FunctionDecl *Function) {
  if (const hvci_ddi *Row = rowOfFunction(Function))
    return Row->callee;
  if (isAtFileScope(Function) && Function->getIdentifier())
    return Function->getName().str();
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function))
    if (Method->getParent()->isLambda())
      return "lambda";
  if (isa<CXXConstructorDecl>(Function))
    return cast<CXXConstructorDecl>(Function)->getParent()->getNameAsString();
  PrintingPolicy Policy(Function->getASTContext().getPrintingPolicy());
  Policy.SuppressUnwrittenScope = true;
  std::string Name;
  llvm::raw_string_ostream Stream(Name);
  Function->printQualifiedName(Stream, Policy);
  // An unnamed scope's own function is not the DDI of that name.
  if (!isAtFileScope(Function) && hvci_ddi_find(Name.c_str()))
    return Function->getQualifiedNameAsString();
  return Name;
}

static const MemberExpr *memberOf(const CallExpr *Call) {
  return dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParenImpCasts());
}

SourceRange calleeRange(const Expr *Call) {
  if (isa<CXXNewExpr>(Call))
    return SourceRange(Call->getBeginLoc());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call))
    return SourceRange(Construct->getLocation());
  const auto *Plain = dyn_cast<CallExpr>(Call);
  if (!Plain || !Plain->getCallee())
    return SourceRange(Call->getExprLoc());
  if (const MemberExpr *Member = memberOf(Plain))
    return SourceRange(Member->getMemberLoc());
  return SourceRange(Plain->getCallee()->IgnoreParenImpCasts()->getExprLoc());
}

const hvci_ddi *rowOfTable(const CallExpr *Call) {
  const MemberExpr *Member = memberOf(Call);
  return Member ? rowOfTableMethod(Member) : nullptr;
}

static std::optional<Callee> calleeOfCall(const CallExpr *Call,
                                          Pointers &Known) {
  if (!Call->getCallee() || Call->getCallee()->containsErrors())
    return std::nullopt;
  SourceRange Range = calleeRange(Call);
  if (const FunctionDecl *Function = Call->getDirectCallee()) {
    bool ByOperator = isa<CXXOperatorCallExpr>(Call) &&
                      isa<CXXMethodDecl>(Function) &&
                      !cast<CXXMethodDecl>(Function)->isStatic();
    return Callee{Function, "", Range, ByOperator ? 1u : 0u};
  }
  if (const hvci_ddi *Row = rowOfTable(Call))
    return Callee{nullptr, Row->callee, Range, 1};
  if (std::optional<PointerTarget> Held = Known.targetOf(Call->getCallee()))
    return Callee{Held->Function, Held->Name, Range, 0};
  return std::nullopt;
}

// An inherited constructor has the parameters and the body of the base's.
static const CXXConstructorDecl *
written(const CXXConstructorDecl *Constructor) {
  InheritedConstructor Inherited = Constructor->getInheritedConstructor();
  return Inherited ? Inherited.getConstructor() : Constructor;
}

std::optional<Callee> calleeOf(const Expr *Call, Pointers &Known) {
  if (const auto *New = dyn_cast<CXXNewExpr>(Call)) {
    if (!New->getOperatorNew())
      return std::nullopt;
    return Callee{New->getOperatorNew(), "", calleeRange(New), 0};
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call))
    return Callee{written(Construct->getConstructor()), "",
                  calleeRange(Construct), 0};
  return calleeOfCall(cast<CallExpr>(Call), Known);
}

} // namespace hvci
