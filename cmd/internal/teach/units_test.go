package teach

import (
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// The scripts of the page pass their own tests, which need Node to run.
func TestScripts(t *testing.T) {
	node, err := exec.LookPath("node")
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatal("no node, and CI=true: install nodejs")
	default:
		t.Skip("no node found: install nodejs to test the page's scripts")
	}
	out, err := exec.CommandContext(t.Context(), node, "--test", "--test-reporter=tap", "page/test/").CombinedOutput()
	if passed := regexp.MustCompile(`(?m)^# pass ([0-9]+)$`).FindSubmatch(out); err != nil || passed == nil || string(passed[1]) == "0" {
		t.Errorf("node --test: %v\n%s", err, out)
	}
}
