package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The picture at the head of the README is what the program draws. The hashes
// in it are left out, which change whenever the model's source does.
func TestReadmeShowsWhatIsDrawn(t *testing.T) {
	t.Parallel()
	onlyLong(t)
	dir := filepath.Join(t.TempDir(), "out")
	done(t, "compare", "base", "--quiet", "--no-map", "--format", "csv", "--out", dir)
	drawn := regexp.MustCompile(`(?m)^<metadata>.*\n`).ReplaceAllString(string(read(t, dir, "figures", "headline.svg")), "")
	if shown := string(read(t, "..", "..", ".readme", "headline.svg")); shown != drawn {
		t.Errorf("the picture of the README is not the one that compare base draws: make figures")
	}
}

// The README's commands have flags, arguments and names that the program takes.
// The long form runs them one after the other, but for those that want a
// cluster, and those that leave nothing to go on with and are the help's too,
// which runs its own.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	lines := regexp.MustCompile(`(?m)^epgsim .*$`).FindAllString(string(read(t, "..", "..", "README.md")), -1)
	dir := t.TempDir()
	if len(lines) < 25 {
		t.Errorf("found only %d commands", len(lines))
	}
	for _, line := range lines {
		command := parsed(t, line)
		words, _, _ := strings.Cut(line, "#")
		helps := slices.Contains(strings.Split(command.Example, "\n"), "  "+strings.TrimSpace(words)) && command.Name() != "new"
		if asked && !helps && !strings.Contains(command.CommandPath(), "slurm") && !strings.Contains(line, ">") {
			example(t, dir, line, command)
		}
	}
}
