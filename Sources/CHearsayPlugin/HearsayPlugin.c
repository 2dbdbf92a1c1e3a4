#include "HearsayPlugin.h"
