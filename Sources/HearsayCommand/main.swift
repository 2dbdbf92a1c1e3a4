import HearsayCLI
