import HearsayCLI

HearsayCommand.main(adding: [])
