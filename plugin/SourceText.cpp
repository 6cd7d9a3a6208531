// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SourceText.cpp - places in the source as the author wrote them.
//
#include "SourceText.h"

#include "clang/Lex/Lexer.h"

using namespace clang;

namespace hvci {

hvci_range encode(SourceRange Range) {
  return {Range.getBegin().getRawEncoding(), Range.getEnd().getRawEncoding()};
}

SourceRange decode(hvci_range Range) {
  using Raw = SourceLocation::UIntTy;
  return {SourceLocation::getFromRawEncoding(static_cast<Raw>(Range.begin)),
          SourceLocation::getFromRawEncoding(static_cast<Raw>(Range.end))};
}

WrittenName SourceText::writtenName(SourceLocation Loc) const {
  WrittenName Name;
  while (Loc.isMacroID()) {
    if (SM.isMacroArgExpansion(Loc)) {
      Loc = SM.getImmediateSpellingLoc(Loc);
      continue;
    }
    Name.Outer = Lexer::getImmediateMacroName(Loc, SM, LO).str();
    if (Name.Inner.empty())
      Name.Inner = Name.Outer;
    Loc = SM.getImmediateExpansionRange(Loc).getBegin();
  }
  Name.Range = SourceRange(Loc);
  if (Name.Outer.empty())
    Name.Outer = Name.Inner = text(Name.Range);
  return Name;
}

CharSourceRange SourceText::editableRange(SourceRange Range) const {
  if (Range.isInvalid())
    return {};
  CharSourceRange File =
      Lexer::makeFileCharRange(CharSourceRange::getTokenRange(Range), SM, LO);
  if (File.isInvalid() || inSystemHeader(File.getBegin()))
    return {};
  return File;
}

std::string SourceText::text(SourceRange Range) const {
  if (Range.isInvalid())
    return {};
  StringRef Text =
      Lexer::getSourceText(CharSourceRange::getTokenRange(Range), SM, LO);
  SourceLocation Begin = Range.getBegin(), End = Range.getEnd();
  if (Text.empty() &&
      SM.getFileID(Begin) == SM.getFileID(End)) // a macro's body
    Text = Lexer::getSourceText(
        CharSourceRange::getTokenRange(SM.getSpellingLoc(Begin),
                                       SM.getSpellingLoc(End)),
        SM, LO);
  std::string Line;
  for (char C : Text) {
    bool Space = isspace(static_cast<unsigned char>(C)) != 0;
    if (!Space)
      Line += C;
    else if (!Line.empty() && Line.back() != ' ')
      Line += ' ';
  }
  return Line;
}

bool SourceText::inSystemHeader(SourceLocation Loc) const {
  return SM.isInSystemHeader(SM.getFileLoc(Loc));
}

} // namespace hvci
