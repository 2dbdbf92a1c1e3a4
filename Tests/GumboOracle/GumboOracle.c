#include "GumboOracle.h"

#if __has_include(<gumbo.h>)
#include <dlfcn.h>
#include <gumbo.h>
#include <string.h>

typedef GumboOutput *(*Parse)(const GumboOptions *, const char *, size_t);
typedef void (*Destroy)(const GumboOptions *, GumboOutput *);
typedef const char *(*NameOf)(GumboTag);

static void *library(void) {
  static const char *const names[] = {"libgumbo.so.1", "libgumbo.so.2", "libgumbo.so.3", "libgumbo.so", "libgumbo.dylib"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *found = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
    if (found) return found;
  }
  return NULL;
}

bool gumbo_oracle_is_available(void) { return library() != NULL; }

static void walk(const GumboNode *node, NameOf name_of, GumboOracleVisitor visit, void *context) {
  switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
      visit(context, GUMBO_ORACLE_TEXT, node->v.text.text);
      return;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: {
      // An unknown element has no name here: it means nothing for the text.
      const char *name = node->v.element.tag_namespace == GUMBO_NAMESPACE_SVG ? "svg" : name_of(node->v.element.tag);
      visit(context, GUMBO_ORACLE_START, name);
      for (unsigned i = 0; i < node->v.element.children.length; i++)
        walk(node->v.element.children.data[i], name_of, visit, context);
      visit(context, GUMBO_ORACLE_END, name);
      return;
    }
    default:
      return;
  }
}

bool gumbo_oracle_visit(const char *html, size_t length, GumboOracleVisitor visit, void *context) {
  void *gumbo = library();
  if (!gumbo) return false;
  Parse parse = (Parse)dlsym(gumbo, "gumbo_parse_with_options");
  Destroy destroy = (Destroy)dlsym(gumbo, "gumbo_destroy_output");
  NameOf name_of = (NameOf)dlsym(gumbo, "gumbo_normalized_tagname");
  const GumboOptions *options = dlsym(gumbo, "kGumboDefaultOptions");
  if (!parse || !destroy || !name_of || !options) return false;
  GumboOutput *output = parse(options, html, length);
  if (!output) return false;
  walk(output->root, name_of, visit, context);
  destroy(options, output);
  return true;
}

#else

bool gumbo_oracle_is_available(void) { return false; }

bool gumbo_oracle_visit(const char *html, size_t length, GumboOracleVisitor visit, void *context) { return false; }

#endif
