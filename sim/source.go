package sim

import "embed"

// Source is the source of the model, with its tests, so that a program can say
// exactly which model its numbers come from.
//
//go:embed *.go
var Source embed.FS
