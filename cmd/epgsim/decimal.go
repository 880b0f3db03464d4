package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// decimal is a flag that takes a whole number in base 10. pflag alone reads
// numbers as the source of a Go program has them: there 010 is 8, 008 is none,
// and 0x10 and 1_000 are numbers.
type decimal struct{ pflag.Value }

// Set reads digits, a minus before them allowed. Zeros in front count for nothing.
func (d decimal) Set(text string) error {
	digits, negative := strings.CutPrefix(text, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return errors.New("must be a whole number, written in the digits 0 to 9 alone")
	}
	digits = strings.TrimLeft(digits[:len(digits)-1], "0") + digits[len(digits)-1:]
	if negative {
		if d.Type() == "uint64" {
			return errors.New("must be a whole number that is not negative")
		}
		digits = "-" + digits
	}
	if d.Value.Set(digits) != nil { // all that is left to be wrong
		return errors.New("is too large a number")
	}
	return nil
}

// decimalFlags makes every flag of a whole number, of a command and of those
// below it, a decimal.
func decimalFlags(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if kind := f.Value.Type(); kind == "int" || kind == "uint64" {
			f.Value = decimal{f.Value}
		}
	})
	for _, below := range cmd.Commands() {
		decimalFlags(below)
	}
}
