// libxml2 built with ICU includes ICU's headers, which clash with Foundation's own copy of them. Nothing here uses what
// they add to an encoding handler.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
