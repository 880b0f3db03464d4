package main

import (
	"regexp"
	"strconv"
	"strings"

	"epgsim/sim"
)

// expandRanges puts the values of ranges, LOW:HIGH:STEP with both ends, in
// their place among the values given for a key. Only numbers have ranges.
func expandRanges(key string, values []string) (all []string, err error) {
	for _, value := range values {
		if !strings.Contains(value, ":") || sim.Lookup(key) == nil {
			all = append(all, value)
			continue
		}
		some, err := expandRange(value)
		if err != nil {
			return nil, usagef("--vary %s=%s: %w", key, value, err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// plainDecimal is a number whose decimals can be counted with exactly.
var plainDecimal = regexp.MustCompile(`^-?[0-9]{1,8}(\.[0-9]{1,6})?$`)

// expandRange lists the values of one range. They are counted in decimals, as
// people write them: 0:0.3:0.1 has 0.3 in it, and not 0.30000000000000004.
func expandRange(text string) ([]string, error) {
	parts := strings.Split(text, ":")
	var ends [3]float64 // low, high, step
	places := 0         // behind the point, of the longest
	for i, part := range parts {
		part = strings.TrimSpace(part)
		if len(parts) != len(ends) || !plainDecimal.MatchString(part) {
			return nil, usagef("a range is LOW:HIGH:STEP, three numbers such as 8:40:8")
		}
		ends[i], _ = strconv.ParseFloat(part, 64) // the pattern has made sure of it
		_, behind, _ := strings.Cut(part, ".")
		places = max(places, len(behind))
	}
	decimal := func(v float64) string {
		text := strconv.FormatFloat(v, 'f', places, 64)
		if places > 0 {
			text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
		}
		return text
	}
	low, high, step := ends[0], ends[1], ends[2]
	at := func(k int) string { return decimal(low + float64(float64(k)*step)) }
	steps := (high - low) / step
	switch whole := int(min(steps+1e-9, mostVariants)); {
	case !(step > 0) || high < low:
		return nil, usagef("a range goes up from LOW to HIGH by a STEP above 0")
	case whole >= mostVariants:
		return nil, usagef("makes more than %d values, the most that can be compared side by side; take a larger step", mostVariants)
	case at(whole) != decimal(high):
		return nil, usagef("steps of %s from %s do not end at %s; end at %s or at %s", decimal(step), decimal(low), decimal(high), at(whole), at(whole+1))
	default:
		var values []string
		for k := range whole + 1 {
			values = append(values, at(k))
		}
		return values, nil
	}
}
