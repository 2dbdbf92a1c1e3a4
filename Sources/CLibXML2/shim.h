// Where libxml2 is built with ICU, its headers drag in ICU's, which clash with those inside Foundation. Only private
// fields at the end of a struct that is used by pointer depend on it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
