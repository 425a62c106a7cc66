Console.WriteLine("Hello from the C# sample.");
