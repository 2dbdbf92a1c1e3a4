// An HTML5 parser to compare the stage's with: libgumbo, where it is installed. It is opened at run time, so that neither
// the product nor the tests need it to be built.
#ifndef GUMBO_ORACLE_H
#define GUMBO_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum { GUMBO_ORACLE_START, GUMBO_ORACLE_END, GUMBO_ORACLE_TEXT } GumboOracleEvent;

/// Takes the start or end of an element with its name in lower case, or a run of text; both end in a NUL byte.
typedef void (*GumboOracleVisitor)(void *context, GumboOracleEvent event, const char *text);

/// Whether libgumbo, and its header when this was built, are there.
bool gumbo_oracle_is_available(void);

/// Parses a page and tells of its tree in document order; false where libgumbo is not there.
bool gumbo_oracle_visit(const char *html, size_t length, GumboOracleVisitor visit, void *context);

#endif
