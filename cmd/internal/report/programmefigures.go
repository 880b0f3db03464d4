package report

// drawProgramme draws the figures of a programme.
func drawProgramme(w *programmeWords) drawing {
	d := drawing{}
	return d
}
