import HearsayCLI

HearsayCommand.main(adding: [CountWords.self])
