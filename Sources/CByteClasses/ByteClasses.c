#include "ByteClasses.h"
