package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Zeros in front of a number change nothing: 010 is ten, 008 is eight.
func TestWholeNumbersAreDecimal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for text, want := range map[string][2]string{
		"010": {"10 replications", "seed 10"}, "008": {"8 replications", "seed 8"}, "0020": {"20 replications", "seed 20"}, "7": {"7 replications", "seed 7"},
	} {
		says := done(t, "run", "food-products", "-n", text, "--seed", text, "-q", "--format", "csv", "-o", dir+"/"+text)
		if !strings.Contains(says, want[0]) || !strings.Contains(says, want[1]) {
			t.Errorf("-n %s --seed %s says:\n%.200s", text, text, says)
		}
	}
}

// No flag of a whole number is read in another way.
func TestEveryWholeNumberIsADecimal(t *testing.T) {
	seen := 0
	everyCommand(func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			kind := f.Value.Type()
			if !strings.HasPrefix(kind, "int") && !strings.HasPrefix(kind, "uint") {
				return
			}
			seen++
			if err := f.Value.Set("0x10"); err == nil {
				t.Errorf("%s --%s takes 0x10", cmd.CommandPath(), f.Name)
			}
			if err := f.Value.Set("0010"); err != nil || f.Value.String() != "10" {
				t.Errorf("%s --%s: of 0010 comes %s, %v", cmd.CommandPath(), f.Name, f.Value, err)
			}
		})
	})
	if seen < 20 {
		t.Errorf("only %d flags of whole numbers found", seen)
	}
}
