// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	api "github.com/hashicorp/vault/api"
)

// What a step of the walk may claim. The first claim that does not hold ends the walk, with the step that made it.

var steps int

func step(name string) {
	steps++
	fmt.Println("  " + name)
}

func fail(format string, values ...any) {
	// The stack tells which line claimed it.
	panic(fmt.Sprintf(format, values...))
}

func check(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func same(expected, actual any) {
	// What the client reads as json.Number is compared as it prints.
	if !reflect.DeepEqual(expected, actual) && fmt.Sprint(expected) != fmt.Sprint(actual) {
		fail("expected %#v, got %#v", expected, actual)
	}
}

// has claims that every entry of expected stands in actual, which may hold more.
func has(expected, actual map[string]any) {
	for key, value := range expected {
		if fmt.Sprint(value) != fmt.Sprint(actual[key]) {
			fail("%s: expected %v, got %v in %v", key, value, actual[key], actual)
		}
	}
}

// refused claims that the server refused with this status, with this text.
func refused(status int, text string, err error) {
	var response *api.ResponseError
	if !errors.As(err, &response) || response.StatusCode != status || !strings.Contains(err.Error(), text) {
		fail("expected %d with %q, got %v", status, text, err)
	}
}

func err2[T any](_ T, err error) error {
	return err
}
